// The product's pages, wide, on a phone, and on the narrowest phone.
import { checkPage } from './harness/check_page.mjs';
import { openPage, publicPages } from './harness/product.mjs';
import { test } from './harness/test.mjs';

for (const path of publicPages) {
  test(`${path} holds`, async ({ page }) => {
    await openPage(page, path);
    await checkPage(page);
  });
}
