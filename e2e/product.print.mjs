// The product's pages on paper.
import { checkPaper } from './harness/check_paper.mjs';
import { openPage, publicPages } from './harness/product.mjs';
import { test } from './harness/test.mjs';

for (const path of publicPages) {
  test(`${path} holds on paper`, async ({ page }) => {
    await openPage(page, path);
    await checkPaper(page);
  });
}
