// Every component of package page: wide, on a phone, on the narrowest phone, without scripts, and on paper.
import { checkPage } from './harness/check_page.mjs';
import { checkPaper } from './harness/check_paper.mjs';
import { checkStill } from './harness/check_still.mjs';
import { openSample, samples } from './harness/gallery.mjs';
import { expect, reading as test } from './harness/test.mjs';

const screens = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 }, narrow: { width: 320, height: 640 } };

for (const name of samples) {
  test(`${name} holds @screenshot`, async ({ page, still }) => {
    await openSample(page, name);
    for (const [screen, size] of Object.entries(screens)) {
      await test.step(screen, async () => {
        await page.setViewportSize(size);
        if (process.env.SCREENSHOTS) await page.screenshot({ path: `results/screenshots/${name}-${screen}.png`, fullPage: true, caret: 'initial' });
        await checkPage(page);
      });
    }
    await checkStill(page, still);
    await checkPaper(page);
  });
}

for (const [screen, size] of Object.entries(screens)) {
  test(`an error in the summary leads to its field, on ${screen}`, async ({ page }) => {
    await page.setViewportSize(size);
    await openSample(page, 'form');
    await expect(page).toHaveTitle(/^Error: /);
    const links = page.locator('.nhsuk-error-summary a');
    await expect(links).toHaveCount(10);
    for (const link of await links.all()) {
      const field = page.locator(await link.getAttribute('href'));
      await expect(field).toHaveCount(1);
      await link.click();
      await expect(field).toBeFocused();
      await expect(field).toBeInViewport();
    }
  });

  test(`the skip link leads past the header, on ${screen}`, async ({ page }) => {
    await page.setViewportSize(size);
    await openSample(page, 'home');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: /^Vote:/ })).toBeFocused();
  });

  test(`a table that stacks stays a table, on ${screen}`, async ({ page }) => {
    await page.setViewportSize(size);
    await openSample(page, 'dry-run');
    const table = page.getByRole('table', { name: 'Changes, old and new' });
    await expect(table.getByRole('row')).toHaveCount(4);
    await expect(table.getByRole('columnheader')).toHaveCount(4);
    await expect(table.getByRole('rowheader', { name: 'Elin Sayce' })).toBeVisible();
  });
}

test('a form sends what was typed, without scripts', async ({ still }) => {
  await openSample(still, 'form-new');
  await still.getByLabel('What is the election called?').fill('Council & board');
  await still.getByLabel('Day', { exact: true }).fill('27');
  await still.getByLabel('Which constituency?').selectOption('th');
  await still.getByLabel('Yes', { exact: true }).check();
  await still.getByLabel('The union branch').check();
  await still.getByRole('button', { name: 'Continue' }).click();
  const sent = new URLSearchParams((await still.textContent('body')).trim());
  expect(Object.fromEntries(sent)).toMatchObject({ title: 'Council & board', 'closes-day': '27', group: 'th', paper: 'yes', tell: 'branch' });
});

test('details open without scripts', async ({ still }) => {
  await openSample(still, 'board');
  await still.getByText('How the votes were counted').click();
  await expect(still.getByText('Under rule set nhs-2014')).toBeVisible();
});
