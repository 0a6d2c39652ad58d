// A study from the form to its bundle, on a phone and without scripts: written down, read once more, on record, locked to a file, run,
// published, and taken away by whoever passes by, who checks it with the program and runs it again. Then withdrawn, which hides nothing.
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { checkPage } from './harness/check_page.mjs';
import { signInAs } from './harness/people.mjs';
import { expect, test } from './harness/test.mjs';

test.skip(!process.env.COMMONWEAL_BIN, 'COMMONWEAL_BIN names no program');

const url = process.env.CHANGES_URL;
const heading = (page) => page.getByRole('heading', { level: 1 });
const main = (page) => page.getByRole('main');
const press = (page, name) => main(page).getByRole('button', { name }).click();
const program = (...args) => execFileSync(resolve('..', process.env.COMMONWEAL_BIN), args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** Twelve invented wards through a year; in three of them something begins in July. */
function figures() {
  const rows = ['ward,month,absence'];
  for (let ward = 0; ward < 12; ward += 1) {
    for (let month = 1; month <= 12; month += 1) {
      rows.push(`Ward ${ward},2025-${String(month).padStart(2, '0')},${4 + (ward % 3)}.${(ward * ward * 7 + month * month * 5 + ward * month) % 10}`);
    }
  }
  return rows.join('\n');
}

test('a study goes from the form to a bundle that anybody checks, and withdrawing it hides nothing', async ({ page, allowed, browser }) => {
  allowed.push(/status of 422/);
  await signInAs(page, 'Huw Prosser');
  await page.goto(`${url}/evidence/studies`);
  await main(page).locator('a[href$="/studies/new"]').focus();
  await page.keyboard.press('Enter');
  await main(page).getByLabel('From a file').check();
  await main(page).getByLabel('Something begins at some sites, at one time').check();
  await press(page, 'Continue');

  const write = (label, text) => main(page).getByLabel(label).fill(text);
  await write('Its name', 'Shorter shifts and absence');
  await write('Its code', 'shorter-shifts');
  await press(page, 'Read it once more');
  await expect(page.getByRole('alert'), 'what is missing is said').toContainText('“What do you want to know?” is missing');
  await expect(main(page).getByLabel('Its name'), 'what was typed is kept').toHaveValue('Shorter shifts and absence');
  for (const [label, text] of [
    ['What do you want to know?', 'Does absence move where shifts are shorter?'],
    ['Where will the figures come from?', 'Payroll'],
    ['Heading of the sites', 'ward'],
    ['Heading of the times', 'month'],
    ['What is measured?', 'sickness absence'],
    ['Its heading in the file', 'absence'],
    ['What stands after a figure?', 'percentage points'],
    ['What begins?', 'shorter shifts'],
    ['At which sites?', 'Ward 0\nWard 1\nWard 2'],
    ['From when?', '2025-07'],
    ['Who could have been in it', 'All twelve wards; the three were drawn by lot.'],
    ['First time that counts', '2025-01'],
    ['Last time that counts', '2025-12'],
    ['The smallest change that would matter', '0.5'],
    ['When is it run', 'Once, when the year is over.'],
    ['What would change your mind?', 'A range that lies below minus half a point.'],
    ['Who has seen what', 'Nobody has seen them by ward.'],
    ['Could sites have changed before', 'None that we know of.'],
    ['Could sites carry it', 'None that we know of.'],
    ['Did sites merge', 'None did.'],
    ['What of figures that are missing', 'Left out.'],
    ['What else happened', 'Nothing that we know of.'],
    ['How are the figures made?', 'Days lost of days there, each month.'],
  ]) await write(label, text);
  await main(page).getByLabel('Lower', { exact: true }).check();
  await main(page).getByRole('group', { name: /Were the sites chosen/ }).getByLabel('No', { exact: true }).check();
  await main(page).getByRole('group', { name: /Other ways/ }).getByLabel('All sites and times alike').check();
  await press(page, 'Read it once more');
  await expect(main(page)).toContainText('It goes on record today');
  await press(page, 'Put it on record');
  await expect(page.locator('body')).toContainText('Nobody can change it');

  await main(page).locator('a[href$="/lock"]').click();
  await main(page).getByLabel('The figures').setInputFiles({ name: 'wards.csv', mimeType: 'text/csv', buffer: Buffer.from(figures()) });
  await press(page, 'Lock it to this file');
  await main(page).locator('a[href$="/run"]').click();
  await expect(main(page)).toContainText('It is run once');
  await press(page, 'Run it now');
  await main(page).locator('a[href$="/publish"]').click();
  await expect(main(page), 'it is read before everybody sees it').toContainText('The likely range is from');
  await press(page, 'Publish it now');
  await expect(heading(page)).toHaveText('Shorter shifts and absence');

  // Anybody reads it, takes the bundle, checks it and runs it again.
  await page.context().clearCookies();
  await page.goto(`${url}/evidence/studies/shorter-shifts`);
  await expect(main(page)).toContainText('Shorter shifts began at 3 sites in July 2025');
  await expect(main(page).getByRole('table').first()).toBeVisible();
  await expect(main(page)).toContainText('percentage points');
  const scripted = await (await browser.newContext({ javaScriptEnabled: true })).newPage(); // the checks are scripts
  await scripted.goto(`${url}/evidence/studies/shorter-shifts`);
  await checkPage(scripted);
  await scripted.context().close();
  const saving = page.waitForEvent('download');
  await main(page).getByRole('link', { name: 'The bundle' }).click();
  const bundle = await (await saving).path();
  expect(program('study', 'verify', bundle)).toContain('the run gives the same bytes: all agrees');
  expect(program('study', 'run', bundle)).toContain('sickness absence, in percentage points: change scores (primary)');

  await signInAs(page, 'Huw Prosser');
  await page.goto(`${url}/evidence/studies/shorter-shifts/withdraw`);
  await main(page).getByRole('textbox').fill('Two wards were swapped in the file.');
  await press(page, 'Withdraw it');
  await page.context().clearCookies();
  await page.goto(`${url}/evidence/studies/shorter-shifts`);
  await expect(main(page)).toContainText('Two wards were swapped in the file.');
  await expect(main(page), 'what it said is still there').toContainText('The likely range is from');
});
