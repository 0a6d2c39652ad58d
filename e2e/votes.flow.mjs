// What members do about a vote before and after it is open, by pointer and by keyboard, in browsers that run scripts and in
// those that run none.
import { checkAnatomy, checkAxe, checkPage, checkWidth } from './harness/check_page.mjs';
import { Keyboard, Pointer } from './harness/hands.mjs';
import { signInAs } from './harness/people.mjs';
import { expect, test } from './harness/test.mjs';

test.skip(!process.env.COMMONWEAL_BIN, 'COMMONWEAL_BIN names no program');

const contest = '/votes/directors/staff';
const heading = (page, text) => expect(page.getByRole('heading', { level: 1 })).toHaveText(text);
const says = (page, text) => expect(page.getByRole('main')).toContainText(text);

/** The page says at its top what is wrong, and leads to the field. */
async function saysWrong(page, message) {
  await expect(page).toHaveTitle(/^Error: /);
  const link = page.locator('.nhsuk-error-summary a').filter({ hasText: message });
  await expect(link).toHaveCount(1);
  await link.click();
  await expect(page.locator(await link.getAttribute('href'))).toBeFocused();
}

test('a member is asked to back a candidate, and answers by keyboard', async ({ page, allowed }) => {
  allowed.push(/status of 422/);
  const hand = new Keyboard(page);
  await signInAs(page, 'Amara Okafor');
  await hand.follow(/asks you to back them$/);
  await heading(page, /asks you to back them$/);
  await says(page, 'Interests declared');

  await hand.press('Answer');
  await saysWrong(page, 'Choose one.');
  await checkAxe(page);
  await hand.choose(/^Yes, I back /);
  await hand.press('Answer');
  await expect(page.getByRole('alert')).toContainText('You agreed to back them on');
  await checkAxe(page);

  // While nominations are open another answer takes the place of this one.
  await hand.choose(/^No$/);
  await hand.press('Answer');
  await says(page, 'You declined on');
  await page.goto(`${process.env.CHANGES_URL}/home`);
  await expect(page.getByRole('link', { name: /asks you to back them/ }), 'what is answered waits no more').toHaveCount(0);
});

const ways = {
  'by keyboard': { scripts: true, hands: Keyboard, candidate: 'Noor Ashdown', backer: 'Tomos Pugh' },
  'without scripts': { scripts: false, hands: Pointer, candidate: 'Rhian Vaughan', backer: 'Lena Marsh' },
};

for (const [way, { scripts, hands: Hands, candidate, backer }] of Object.entries(ways)) {
  test.describe(way, () => {
    test.use({ javaScriptEnabled: scripts });
    const check = (page) => Promise.all([checkAnatomy(page), scripts && checkAxe(page)]); // axe is a script itself

    test('a member stands for election, asks another to back them, and withdraws', async ({ page, allowed }) => {
      allowed.push(/status of 422/);
      const hand = new Hands(page);
      const tooLong = 'I would ask what became of it. '.repeat(40);
      await signInAs(page, candidate);
      await page.goto(`${process.env.CHANGES_URL}${contest}`);
      await hand.follow('Stand for election');
      await hand.follow('Start');

      // One question a page. What is wrong is said at the field, and what was typed stays.
      await hand.write('Which name is to stand on the ballot?', '');
      await hand.press('Continue');
      await saysWrong(page, /name/);
      await hand.write('Which name is to stand on the ballot?', `${candidate} of Ferry Lane`);
      await hand.press('Continue');
      const statement = page.getByLabel('What do you want to say to the voters?');
      await hand.write('What do you want to say to the voters?', tooLong);
      await hand.press('Continue');
      await saysWrong(page, /words/);
      await expect(statement).toHaveValue(tooLong.trim());
      await check(page);
      await hand.write('What do you want to say to the voters?', 'I would ask what became of it.\n\nAnd tell you.');
      await hand.press('Continue');
      await hand.press('Continue');
      await saysWrong(page, 'Choose one.');
      await hand.choose('I have none');
      await hand.press('Continue');

      // Everything once more before it is sent, each line with a way to change it, which leads back here.
      await heading(page, 'Check before you send it');
      await check(page);
      await says(page, `${candidate} of Ferry Lane`);
      await hand.follow(/^Change your name/);
      await hand.write('Which name is to stand on the ballot?', candidate);
      for (let i = 0; i < 3; i += 1) await hand.press('Continue');
      await heading(page, 'Check before you send it');
      await says(page, 'And tell you.');
      await hand.press('Enter my nomination');
      await heading(page, 'Your nomination');
      await says(page, 'Your nomination is entered.');
      await says(page, 'Receipt');
      await check(page);

      await hand.follow(/^Ask a member to back you/);
      await hand.write('Whom do you want to ask?', 'ma');
      await hand.press('Find them');
      await saysWrong(page, 'Type at least three letters of the name.');
      await hand.write('Whom do you want to ask?', backer.split(' ')[1]);
      await hand.press('Find them');
      expect(page.url(), 'no name is in the address').not.toContain(backer.split(' ')[1]);
      await check(page);
      await hand.choose(backer);
      await hand.press('Ask them');
      await says(page, 'We have asked them.');
      await says(page, backer);

      await signInAs(page, backer);
      await hand.follow(`${candidate} asks you to back them`);
      await says(page, 'And tell you.');
      await hand.choose(/^Yes, I back/);
      await hand.press('Answer');
      await says(page, 'You agreed to back them on');

      await signInAs(page, candidate);
      await page.goto(`${process.env.CHANGES_URL}${contest}/stand`);
      await hand.follow('Withdraw');
      await hand.press('Withdraw');
      await expect(page).toHaveURL(/\/votes\/directors\/staff\?done=withdrawn$/);
      await check(page);
      await page.goto(`${process.env.CHANGES_URL}${contest}/stand`);
      await expect(page.getByRole('main').getByRole('link', { name: 'Start' }).or(page.getByRole('button', { name: 'Start' })), 'while nominations are open they may stand again').toBeVisible();
    });
  });
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a voter questions a declared result', async ({ page, allowed }) => {
    allowed.push(/status of 422/);
    const hand = new Pointer(page);
    await signInAs(page, 'Dev Malhotra');
    await page.goto(`${process.env.CHANGES_URL}/votes/council/therapies/result`);
    await hand.follow(/[Qq]uestion/);
    await hand.press(/[Qq]uestion/);
    await saysWrong(page, /./);
    await hand.write('What is wrong with it?', 'My paper was handed in on the last day, and is not among those received.');
    await hand.press(/[Qq]uestion/);
    await expect(page).toHaveURL(/\?done=sent$/);
    await checkAnatomy(page);
  });

  test('whoever runs no scripts is told how a code comes instead of a key', async ({ page }) => {
    await signInAs(page, 'Huw Prosser', process.env.LATER_URL);
    await page.goto(`${process.env.LATER_URL}${contest}/key`);
    expect(await page.locator('#voting-key noscript').innerText()).toContain('a code to vote with comes from the registrar');
  });
});

test('a member makes a voting key, keeps its file, and brings it to another browser', async ({ page, browser }) => {
  const url = process.env.LATER_URL;
  const hand = new Pointer(page);
  await signInAs(page, 'Lena Marsh', url);
  await page.goto(`${url}${contest}`);
  await hand.follow(/^Make your voting key/);
  await checkPage(page);
  await hand.press('Make my voting key');
  await says(page, 'Your key is made. Save it as a file before you close this page.');
  await page.setViewportSize({ width: 320, height: 640 });
  await checkWidth(page);
  await checkAxe(page);
  const [file] = await Promise.all([page.waitForEvent('download'), hand.press('Save the key as a file')]);

  const context = await browser.newContext();
  const other = await context.newPage();
  const there = new Pointer(other);
  await signInAs(other, 'Lena Marsh', url);
  await other.goto(`${url}${contest}/key`);
  await expect(other.getByRole('heading', { level: 2 }).first()).toHaveText('Your voting key is in another browser');
  await other.getByLabel('The file with your key').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('12345') });
  await there.press('Bring it here');
  await says(other, 'This is not the file of the key that you use for this vote.');
  await checkAxe(other);
  await other.getByLabel('The file with your key').setInputFiles(await file.path());
  await there.press('Bring it here');
  await expect(other.getByRole('heading', { level: 2 }).first()).toHaveText('Your voting key is in this browser');
  await expect(other.getByRole('heading', { level: 2 }).first()).toBeFocused();
  await checkAxe(other);
  await context.close();
});
