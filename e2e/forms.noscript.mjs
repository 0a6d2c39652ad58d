// What people come to do, in a browser that runs no scripts.
import { House } from './harness/house.mjs';
import { signInAs } from './harness/people.mjs';
import { lookFor } from './harness/product.mjs';
import { laterList, smallList } from './harness/staff_lists.mjs';
import { expect, test } from './harness/test.mjs';

test.skip(!process.env.COMMONWEAL_BIN, 'COMMONWEAL_BIN names no program');

const office = new House('OFFICE');
const heading = (page) => page.getByRole('heading', { level: 1 });
const press = (page, name) => page.getByRole('main').getByRole('button', { name }).click();

async function chooseList(page, text) {
  await page.goto(`${office.url}/staff/imports/new`);
  await page.getByLabel('The staff list').setInputFiles({ name: 'staff.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await press(page, 'Read the list');
  await expect(heading(page)).toHaveText('Dry run: nothing has changed yet');
}

test('a staff list is read, looked at, and applied', async ({ page }) => {
  await office.signIn(page);

  await chooseList(page, smallList());
  const tally = page.getByRole('list', { name: 'What the file holds' });
  await expect(tally).toContainText('5 joiners');
  await expect(tally).toContainText('1 refused');
  await expect(page.getByRole('main')).toContainText('Dropped on reading and not stored: NI number');
  await expect(page.getByRole('main'), 'what is dropped is not shown either').not.toContainText('QQ123456C');
  await press(page, /^Apply 5 changes/);
  await expect(page).toHaveURL(/\/staff\/imports\/[\w-]+(\?.*)?$/);
  await expect(page.getByRole('heading', { name: 'What is on record' })).toBeVisible();

  // A month later: one of five has left, which is more than one in twenty.
  await chooseList(page, laterList());
  await expect(page.getByRole('main')).toContainText('This list needs a second look');
  await page.getByRole('link', { name: 'Go on and confirm it' }).click();
  await page.getByRole('main').getByRole('checkbox').or(page.getByRole('main').getByRole('radio', { name: /^Yes/ })).first().check();
  await press(page, /^Apply/);
  await expect(page).toHaveURL(/\/staff\/imports\/[\w-]+(\?.*)?$/);
  await page.goto(`${office.url}/staff`);
  await expect(page.getByRole('main')).toContainText('Thackray');
});

test('a patient applies, the secretary admits them, and they are a member', async ({ page }) => {
  await signInAs(page, 'Oscar Quayle');
  await page.goto(`${process.env.CHANGES_URL}/membership/apply`);
  await page.getByRole('checkbox').check();
  await page.getByLabel(/postcode/i).fill('NP16');
  await press(page, 'Continue');
  await expect(heading(page)).toHaveText('Check before you send it');
  await press(page, 'Send your application');
  await expect(page).toHaveURL(/\/membership\/receipt\/\d+$/);
  await expect(heading(page)).toContainText('You have applied');

  await page.context().clearCookies();
  await signInAs(page, 'Huw Prosser');
  await page.goto(`${process.env.CHANGES_URL}/applications`);
  await page.getByRole('link', { name: 'Admit Oscar Quayle' }).click();
  await press(page, /^(Continue|Admit)/);
  await press(page, /^(Admit|Record)/);
  await expect(page).toHaveURL(/\/register\/members\/[^/]+\?entry=\d+$/);
  await page.goto(`${process.env.CHANGES_URL}/register`);
  await lookFor(page, 'Quayle');
  await expect(page.getByRole('table').first()).toContainText('Quayle');

  await page.context().clearCookies();
  await signInAs(page, 'Oscar Quayle');
  await page.goto(`${process.env.CHANGES_URL}/membership`);
  await expect(page.getByRole('main')).toContainText(/member/i);
  await expect(page.getByRole('link', { name: /apply/i })).toHaveCount(0);
});
