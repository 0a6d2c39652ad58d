// Every component of package page in a browser that runs no scripts.
import { openSample, samples } from './harness/gallery.mjs';
import { checkAnatomy, checkWidth } from './harness/check_page.mjs';
import { expect, test } from './harness/test.mjs';

for (const name of samples) {
  test(`${name} holds without scripts`, async ({ page }) => {
    await openSample(page, name);
    await checkAnatomy(page);
    await checkWidth(page);
  });
}

test('a form sends what was typed', async ({ page }) => {
  await openSample(page, 'form-new');
  await page.getByLabel('What is the election called?').fill('Council & board');
  await page.getByLabel('Day', { exact: true }).fill('27');
  await page.getByLabel('Which constituency?').selectOption('th');
  await page.getByLabel('Yes', { exact: true }).check();
  await page.getByLabel('The union branch').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  const sent = new URLSearchParams((await page.textContent('body')).trim());
  expect(Object.fromEntries(sent)).toMatchObject({ title: 'Council & board', 'closes-day': '27', group: 'th', paper: 'yes', tell: 'branch' });
});

test('details open', async ({ page }) => {
  await openSample(page, 'board');
  await page.getByText('How the votes were counted').click();
  await expect(page.getByText('Under rule set nhs-2014')).toBeVisible();
});
