// How people get in: a code by mail, a passkey. The people of the demonstration cannot, so this is another mutual.
import { checkAxe } from './harness/check_page.mjs';
import { House, codeIn } from './harness/house.mjs';
import { expect, test } from './harness/test.mjs';

test.skip(!process.env.COMMONWEAL_BIN, 'COMMONWEAL_BIN names no program');
// One after the other, because they wait for mail to the same person.
test.describe.configure({ mode: 'default' });

const house = new House('HOUSE');
const wrong = (code) => code.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10));

test('somebody signs in by code, adds a passkey, and comes back with it', async ({ page, allowed }) => {
  allowed.push(/status of 422/); // at the end, when the passkey was removed
  const browser = await page.context().newCDPSession(page);
  await browser.send('WebAuthn.enable');
  const { authenticatorId } = await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });

  await house.signIn(page);
  await page.getByRole('link', { name: 'Your office needs a passkey' }).click();
  await checkAxe(page);
  await page.getByRole('button', { name: 'Add a passkey on this device' }).click();
  await page.getByRole('button', { name: 'Use your passkey' }).click();
  await page.waitForURL('**/home');
  await expect(page.getByRole('main'), 'with it the office counts').toContainText('Load a staff list');
  await page.goto(`${house.url}/account`);
  await expect(page.getByRole('button', { name: /^Remove the passkey/ })).toBeVisible();
  const { credentials } = await browser.send('WebAuthn.getCredentials', { authenticatorId });
  expect(credentials, 'the device holds one key, of this host').toEqual([expect.objectContaining({ rpId: 'localhost', isResidentCredential: true })]);
  await checkAxe(page);

  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL(`${house.url}/`);
  await page.goto(`${house.url}/account`);
  await expect(page, 'one has to sign in again').toHaveURL(/\/sign-in\?next=/);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.waitForURL(`${house.url}/account`);
  await expect(page.getByRole('banner')).toContainText(house.officer.name);

  await page.getByRole('button', { name: /^Remove the passkey/ }).click();
  await expect(page.getByRole('button', { name: /^Remove the passkey/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL(`${house.url}/`);
  await page.goto(`${house.url}/sign-in`);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByRole('main').getByRole('status'), 'a passkey that was removed opens nothing').not.toHaveText(/^(Waiting.*)?$/);
  await expect(page).toHaveURL(/\/sign-in$/);
});

test('after five wrong codes the right one opens nothing', async ({ page, allowed }) => {
  allowed.push(/status of 422/);
  const before = house.mail();
  await house.askForCode(page);
  const code = codeIn(await house.nextMail(house.officer.email, before));
  for (let i = 0; i < 5; i += 1) {
    await house.enterCode(page, wrong(code));
    await expect(page).toHaveTitle(/^Error: /);
    await expect(page.getByRole('alert')).toContainText('This code does not open anything');
  }
  await checkAxe(page);
  await house.enterCode(page, code);
  await expect(page.getByRole('alert')).toContainText('This code does not open anything');
  await page.goto(`${house.url}/home`);
  await expect(page).toHaveURL(/\/sign-in/);
});

test('an address that nobody has gets the same answer, and no mail', async ({ page, allowed }) => {
  allowed.push(/status of 422/);
  const before = house.mail();
  await house.askForCode(page, 'nobody.atall@example.org');
  await house.enterCode(page, '12345678');
  await expect(page.getByRole('alert')).toContainText('This code does not open anything');
  await expect(house.nextMail('nobody.atall@example.org', before, 2)).rejects.toThrow('no mail came');
});
