// Every component of package page, wide, on a phone, and on the narrowest phone.
import { openSample, samples } from './harness/gallery.mjs';
import { checkPage } from './harness/check_page.mjs';
import { expect, test } from './harness/test.mjs';

for (const name of samples) {
  test(`${name} holds @screenshot`, async ({ page }, { project }) => {
    await openSample(page, name);
    await page.screenshot({ path: `results/screenshots/${name}-${project.name}.png`, fullPage: true, caret: 'initial' });
    await checkPage(page);
  });
}

test('an error in the summary leads to its field', async ({ page }) => {
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

test('the skip link leads past the header', async ({ page }) => {
  await openSample(page, 'home');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: /^Vote:/ })).toBeFocused();
});

test('a table that stacks stays a table', async ({ page }) => {
  await openSample(page, 'dry-run');
  const table = page.getByRole('table', { name: 'Changes, old and new' });
  await expect(table.getByRole('row')).toHaveCount(4);
  await expect(table.getByRole('columnheader')).toHaveCount(4);
  await expect(table.getByRole('rowheader', { name: 'Elin Sayce' })).toBeVisible();
});
