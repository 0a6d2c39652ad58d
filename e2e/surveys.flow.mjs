// A survey on a phone: somebody fetches a pass, signs out, and answers; the second try is refused; a draft outlives a reload; the
// keyboard alone is enough; and without scripts the number of a paper slip does it.
import { Keyboard } from './harness/hands.mjs';
import { checkPage } from './harness/check_page.mjs';
import { signInAs } from './harness/people.mjs';
import { openSurvey, slipNumber } from './harness/surveys.mjs';
import { expect, test } from './harness/test.mjs';

test.skip(() => !process.env.CHANGES_URL, 'COMMONWEAL_BIN names no program');

const url = process.env.CHANGES_URL;
const [phone, shared, keyed, twice] = ['Lena Marsh', 'Dev Malhotra', 'Tomos Pugh', 'Noor Ashdown'];
const heading = (page) => page.getByRole('heading', { level: 1 });
const title = (page) => page.locator('#pass h2');
const main = (page) => page.getByRole('main');
const press = (page, name) => main(page).getByRole('button', { name }).click();
const kept = (page, what) => page.evaluate((start) => Object.entries(localStorage).filter(([name]) => name.startsWith(start)).flatMap(([, value]) => JSON.parse(value)), `commonweal.survey.${what}.`);
const firstQuestion = (page) => main(page).getByRole('group').first();
const pageOf = (page) => page.locator('.cw-kicker').textContent();

/** Fetches the visitor's pass, and returns the address where it is used. */
async function fetchPass(page, who) {
  await signInAs(page, who);
  const survey = await openSurvey(page);
  await page.goto(`${url}${survey}/token`);
  await press(page, 'Get your pass');
  await expect(title(page)).toHaveText('Your pass is on this device', { timeout: 60_000 });
  return `${url}${await main(page).getByRole('link', { name: 'Answer the survey' }).getAttribute('href')}`;
}

/** Goes on to the last page, whatever is between. */
async function toReview(page) {
  for (let i = 0; i < 60 && (await heading(page).textContent()) !== 'Look at your answers'; i += 1) await press(page, 'Continue');
  await expect(heading(page)).toHaveText('Look at your answers');
}

test('somebody fetches a pass, signs out, answers on a phone, and is refused the second time', async ({ page, allowed, browser }) => {
  test.setTimeout(180_000);
  const answers = await fetchPass(page, phone);
  await checkPage(page);
  const [pass] = await kept(page, 'pass');
  expect(pass).toMatch(/^cw1\./);
  expect(await kept(page, 'drawing'), 'what undoes the blinding is forgotten').toEqual([]);
  await page.getByRole('button', { name: 'Sign out' }).click();

  const asked = [];
  page.on('request', (request) => asked.push([request.url(), request.allHeaders()]));
  await page.goto(answers);
  await checkPage(page);
  await press(page, 'Begin');
  expect(await main(page).getByRole('radio', { checked: true }).count(), 'nothing is chosen beforehand').toBe(0);
  await firstQuestion(page).getByRole('radio').nth(3).check();
  await checkPage(page);
  await page.reload();
  await expect(firstQuestion(page).getByRole('radio').nth(3), 'the draft outlives a reload').toBeChecked();
  await press(page, 'Continue');
  await expect(page.locator('.cw-kicker')).toContainText('Page 2 of');
  await page.goto(answers);
  await expect(main(page)).toContainText('You have begun on this device');
  const before = await kept(page, 'draft');
  expect(before.length).toBeGreaterThan(0);
  await press(page, 'Carry on where you stopped');
  await expect(page.locator('.cw-kicker')).toContainText('Page 2 of');
  await press(page, /^Back$/);
  await expect(firstQuestion(page).getByRole('radio').nth(3), 'what was answered travels with the form').toBeChecked();
  await toReview(page);
  await expect(main(page)).toContainText('Your pass is on this device');
  await checkPage(page);
  await press(page, 'Send my answers');
  await expect(heading(page)).toHaveText('Your answers are in');
  await checkPage(page);
  const mark = await page.locator('.cw-mark').textContent();
  expect(mark).toMatch(/^[0-9a-f]{64}$/);
  expect(await kept(page, 'mark')).toEqual([mark]);
  expect(await kept(page, 'pass'), 'the pass is gone from the device').toEqual([]);
  expect(await kept(page, 'draft'), 'and so are the answers').toEqual([]);
  for (const [address, headers] of asked) {
    expect((await headers).cookie ?? '', `${address} is asked for without a session`).toBe('');
    expect(address, 'no address has the pass or an answer').not.toMatch(/cw1\.|[?&]q\./);
  }

  // Somebody tries the same pass with other answers, from another device.
  const other = await (await browser.newContext()).newPage();
  await other.goto(answers);
  await press(other, 'Begin');
  await firstQuestion(other).getByRole('radio').first().check();
  await toReview(other);
  allowed.push(/status of 422/);
  await other.getByLabel('The text of your pass').fill(`Your one-time pass:\n${pass}\n`);
  await press(other, 'Send my answers');
  await expect(other.getByRole('alert')).toContainText('This pass has been used');
  await expect(main(other), 'what was answered is still there').toContainText('Look at your answers');
  await other.getByLabel('The text of your pass').fill(`${pass.slice(0, -40)}${'A'.repeat(40)}`);
  await press(other, 'Send my answers');
  await expect(other.getByRole('alert')).toContainText('does not carry our stamp');
  await other.context().close();
});

test('a second pass is not given, in this browser or in another, and a lost answer is asked again', async ({ page, browser, allowed }) => {
  test.setTimeout(180_000);
  allowed.push(/ERR_FAILED/, /status of 409/);
  await signInAs(page, twice);
  const survey = await openSurvey(page);
  await page.goto(`${url}${survey}/token`);
  // The register hears, and its answer is lost.
  const sent = [];
  await page.route('**/token', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    sent.push(route.request().postData());
    await route.fetch();
    return route.abort();
  });
  await press(page, 'Get your pass');
  await expect(page.getByRole('alert')).toContainText('We could not be reached');
  await page.unroute('**/token');
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.postData()));
  await page.reload();
  await expect(title(page)).toHaveText('Finish fetching your pass');
  await press(page, 'Get your pass');
  await expect(title(page)).toHaveText('Your pass is on this device', { timeout: 60_000 });
  expect(sent.length).toBe(2);
  expect(sent[1], 'the same is asked again').toBe(sent[0]);

  const elsewhere = await (await browser.newContext()).newPage();
  await signInAs(elsewhere, twice);
  await elsewhere.goto(`${url}${survey}/token`);
  await expect(title(elsewhere)).toHaveText('You have fetched your pass');
  await expect(main(elsewhere).getByRole('button', { name: 'Get your pass' })).toHaveCount(0);
  await elsewhere.context().close();
});

test('whoever shares a device forgets what is on it, and carries the pass as a file', async ({ page, browser }) => {
  test.setTimeout(180_000);
  const answers = await fetchPass(page, shared);
  const saving = page.waitForEvent('download');
  await press(page, 'Save the pass as a file');
  const file = await (await saving).path();
  await press(page, 'forget the pass on this device');
  expect((await kept(page, 'pass')).length, 'it is asked twice').toBe(1);
  await press(page, /^press again/);
  await expect(title(page)).toHaveText('The pass is not on this device any more');
  expect(await kept(page, 'pass')).toEqual([]);

  const home = await (await browser.newContext()).newPage();
  await home.goto(answers);
  await press(home, 'Begin');
  await firstQuestion(home).getByRole('radio').first().check();
  await press(home, 'Continue');
  await expect(home.locator('.cw-kicker')).toContainText('Page 2 of');
  await home.goto(answers);
  await press(home, 'Forget my answers on this device');
  expect(await kept(home, 'draft')).toEqual([]);
  await press(home, 'Begin');
  await firstQuestion(home).getByRole('radio').nth(1).check();
  await toReview(home);
  await home.getByLabel('Or choose the file').setInputFiles(file);
  await expect(home.getByLabel('The text of your pass')).toHaveValue(/^cw1\./);
  await press(home, 'Send my answers');
  await expect(heading(home)).toHaveText('Your answers are in');
  await home.context().close();
});

test('the keyboard alone fetches a pass and answers', async ({ page }) => {
  test.setTimeout(180_000);
  await signInAs(page, keyed);
  await page.goto(`${url}${await openSurvey(page)}/token`);
  const hands = new Keyboard(page);
  for (let i = 0; i < 40 && (await page.locator(':focus').textContent({ timeout: 1000 }).catch(() => '')) !== 'Get your pass'; i += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter'); // it leads to no other page
  await expect(title(page)).toHaveText('Your pass is on this device', { timeout: 60_000 });
  expect(await title(page).evaluate((element) => element === document.activeElement), 'the focus is at what is new').toBe(true);
  await hands.follow('Answer the survey');
  await hands.press('Begin');
  const choice = await firstQuestion(page).getByRole('radio').nth(2).getAttribute('id');
  hands.main = firstQuestion(page);
  await hands.choose(await page.locator(`label[for="${choice}"]`).textContent());
  hands.main = main(page);
  for (let i = 0; i < 60 && (await heading(page).textContent()) !== 'Look at your answers'; i += 1) {
    const before = await pageOf(page);
    await hands.press('Continue');
    await expect(page.locator('.cw-kicker')).not.toHaveText(before);
  }
  await hands.press('Send my answers');
  await expect(heading(page)).toHaveText('Your answers are in');
});

test('without scripts, the number of a paper slip lets somebody answer', async ({ page, browser }) => {
  test.setTimeout(180_000);
  const { answers, number } = await slipNumber(page);
  const plain = await (await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })).newPage();
  await plain.goto(answers);
  await expect(plain.locator('noscript'), 'it is said that nothing is kept').toBeVisible();
  await press(plain, 'Begin');
  await firstQuestion(plain).getByRole('radio').nth(4).check();
  await toReview(plain);
  await plain.getByLabel('Or the number on your paper slip').fill(number.toLowerCase().replaceAll('-', ' '));
  await plain.keyboard.press('Enter');
  await expect(heading(plain)).toHaveText('Your answers are in');
  await plain.context().close();
});
