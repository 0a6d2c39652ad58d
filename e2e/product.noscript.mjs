// The product's pages in a browser that runs no scripts.
import { checkAnatomy, checkWidth } from './harness/check_page.mjs';
import { openPage, publicPages } from './harness/product.mjs';
import { test } from './harness/test.mjs';

for (const path of publicPages) {
  test(`${path} holds without scripts`, async ({ page }) => {
    await openPage(page, path);
    await checkAnatomy(page);
    await checkWidth(page);
  });
}
