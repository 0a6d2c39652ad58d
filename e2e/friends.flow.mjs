// The patients' test: somebody answers at the kiosk on a phone's width, with scripts and without; whoever submits the month counts it,
// and nobody sees its figures before it is closed.
import { signInAs } from './harness/people.mjs';
import { expect, test } from './harness/test.mjs';

test.skip(() => !process.env.CHANGES_URL, 'COMMONWEAL_BIN names no program');

const url = process.env.CHANGES_URL;
const heading = (page) => page.getByRole('heading', { level: 1 });

/** Answers at the kiosk as a patient does. */
async function answer(page, words) {
  await page.goto(`${url}/friends/riverside-ward?by=kiosk`);
  await page.getByRole('button', { name: 'Send my answer' }).click();
  await expect(page.getByRole('main'), 'what is missing is said').toContainText('Choose one of the six answers.');
  await page.getByRole('radio', { name: 'Very good' }).check();
  await page.getByRole('textbox').fill(words);
  await page.getByRole('button', { name: 'Send my answer' }).click();
  await expect(heading(page)).toHaveText('Thank you');
  await page.getByRole('button', { name: 'Back to the start' }).click();
  await expect(page.getByRole('textbox'), 'nothing is left for the next').toHaveValue('');
  expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
}

test('a patient answers at the kiosk, and the month counts it', async ({ page, browser, allowed }) => {
  allowed.push(/status of 422/);
  const phone = { viewport: { width: 390, height: 844 } };
  const plain = await browser.newContext({ ...phone, javaScriptEnabled: false });
  await answer(await plain.newPage(), 'Seen on time.');
  expect(await plain.cookies(), 'the kiosk keeps nobody').toEqual([]);
  await plain.close();

  await page.setViewportSize(phone.viewport);
  await signInAs(page, 'Rhian Vaughan');
  await page.goto(`${url}/surveys/friends`);
  const month = await page.locator('a[href^="/surveys/friends/months/"]').first().getAttribute('href');
  const counted = async () => {
    await page.goto(`${url}${month}/close`);
    return Number(/([\d,]+) answers? (?:is|are) counted/.exec(await page.getByRole('main').textContent())[1].replace(',', ''));
  };
  const before = await counted();
  const tablet = await browser.newContext(phone);
  await answer(await tablet.newPage(), '');
  await tablet.close();
  expect(await counted(), 'it is counted at once').toBe(before + 1);
  await page.goto(`${url}${month}`);
  await expect(page.getByRole('main')).toContainText('Its figures are shown once it is closed.');
});
