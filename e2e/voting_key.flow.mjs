// A voting key between devices: carried by the square to one that is not signed in, made anew on another, and made while the
// line is lost. LATER_URL is when keys can be made.
import { signInAs } from './harness/people.mjs';
import { checkPage } from './harness/check_page.mjs';
import { expect, test } from './harness/test.mjs';

const contest = '/votes/directors/staff';
const voter = 'Rhian Vaughan';
const title = (page) => expect(page.locator('#voting-key h2'));
const kept = (page) => page.evaluate(() => Object.entries(localStorage).filter(([name]) => name.startsWith('commonweal.key.')));
const here = 'Your voting key is in this browser';
const elsewhere = 'Your voting key is in another browser';

test.skip(() => !process.env.LATER_URL, 'COMMONWEAL_BIN names no program');

test('a voting key is carried to a phone, replaced on another device, and made while the line is lost', async ({ page, browser, allowed }) => {
  test.setTimeout(180_000);
  const url = process.env.LATER_URL;
  await signInAs(page, voter, url);
  await page.goto(`${url}${contest}/key`);
  await title(page).toHaveText('Make your voting key');
  await page.getByRole('button', { name: 'Make my voting key' }).click();
  await title(page).toHaveText(here, { timeout: 60_000 });
  await page.getByText('Carry it to your phone').click();
  await expect(page.getByRole('img', { name: /^QR code that carries/ })).toBeVisible();
  const first = await kept(page);
  expect(first.length, 'one key is kept, and none waits').toBe(1);
  expect(await page.locator('#voting-key').getAttribute('data-held'), 'the secret is not sent').not.toBe(first[0][1]);

  // A phone that is not signed in takes it from the square, and the address does not keep it.
  const phone = await (await browser.newContext()).newPage();
  await phone.goto(`${url}${contest}/carry#${BigInt(first[0][1]).toString(36)}`);
  await title(phone).toHaveText('Keep your voting key on this device?');
  expect(new URL(phone.url()).hash).toBe('');
  expect(await kept(phone), 'nothing is kept before it is asked').toEqual([]);
  await checkPage(phone);
  await phone.getByRole('button', { name: 'Keep it here' }).click();
  await title(phone).toHaveText('The key is on this device');
  expect(await kept(phone)).toEqual(first);
  await phone.goto(`${url}${contest}/carry#nothing-like-a-key`);
  await title(phone).toHaveText('There is no key in this address');
  await phone.context().close();

  // Made anew in another browser, it stops here.
  const second = await (await browser.newContext()).newPage();
  await signInAs(second, voter, url);
  await second.goto(`${url}${contest}/key`);
  await title(second).toHaveText(elsewhere);
  await second.getByRole('button', { name: 'Make a new key in this browser' }).click();
  await second.waitForURL('**/key?done=made', { timeout: 60_000 });
  await title(second).toHaveText(here);
  expect(await kept(second)).not.toEqual(first);
  await second.context().close();
  await page.goto(`${url}${contest}/key`);
  await title(page).toHaveText(elsewhere);

  // The line is lost before the server hears of a key, and then after: what is in use is what the server has.
  allowed.push(/ERR_FAILED/);
  for (const [heard, then] of [[false, elsewhere], [true, here]]) {
    await page.route('**/key', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      if (heard) await route.fetch();
      return route.abort();
    });
    await page.getByRole('button', { name: 'Make a new key in this browser' }).click();
    await expect(page.getByRole('alert')).toContainText('We could not be reached');
    await page.unroute('**/key');
    await page.goto(`${url}${contest}/key`);
    await title(page).toHaveText(then);
    expect((await kept(page)).length, 'no key waits any more').toBe(1);
  }
});
