// The product's pages in a browser that runs no scripts.
import { checkAnatomy, checkWidth } from './harness/check_page.mjs';
import { openPage, pages } from './harness/product.mjs';
import { test } from './harness/test.mjs';

for (const it of pages) {
  test(`${it.title} holds without scripts`, async ({ page, allowed }) => {
    if (it.status >= 400) allowed.push(/status of 40\d/);
    await openPage(page, it);
    await checkAnatomy(page);
    await checkWidth(page);
  });
}
