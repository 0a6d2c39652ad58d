// Forms that are sent as they come: what is missing is said at the top, leads to its field, and is as easy to read as the rest.
import { checkAnatomy, checkAxe, checkWidth } from './harness/check_page.mjs';
import { openPage } from './harness/product.mjs';
import { expect, test } from './harness/test.mjs';

const secretary = 'Huw Prosser';

const forms = [
  { route: '/sign-in', send: 'Send me a code' },
  { route: '/inspection?as=interested', send: 'Continue' },
  { route: '/staff/imports/new', as: secretary, send: 'Read the list' },
  { route: '/stakes/new', as: secretary },
  { route: '/classes/new', as: secretary },
  { route: '/shares/classes/new', as: secretary },
  { route: '/membership/apply', as: 'Grace Tandy', send: 'Continue' },
  { route: '/venture/matters/new', as: 'Carys Holloway' },
];

for (const { send = /./, ...form } of forms) {
  test(`${form.route} says what is missing`, async ({ page, allowed }) => {
    allowed.push(/status of 422/);
    await openPage(page, form);
    await page.locator('main form[method=post]').first().getByRole('button', { name: send }).first().click();
    await expect(page).toHaveTitle(/^Error: /);
    const links = page.locator('.nhsuk-error-summary a');
    expect(await links.count()).toBeGreaterThan(0);
    for (const link of await links.all()) {
      await link.click();
      await expect(page.locator(await link.getAttribute('href'))).toBeFocused();
    }
    await checkAnatomy(page);
    await checkAxe(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await checkWidth(page);
  });
}
