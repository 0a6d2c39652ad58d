// The product's pages in a browser that runs no scripts.
import { checkAnatomy, checkWidth } from './harness/check_page.mjs';
import { openPage, pages, people } from './harness/product.mjs';
import { test } from './harness/test.mjs';

for (const who of [undefined, ...people]) {
  test(`the pages of ${who ?? 'anybody'} hold without scripts`, async ({ page, allowed }) => {
    test.setTimeout(300_000);
    allowed.push(/status of 40\d/);
    for (const it of pages.filter(({ as }) => as === who)) {
      await test.step(it.title, async () => {
        await openPage(page, it);
        await checkAnatomy(page);
        await checkWidth(page);
      });
    }
  });
}
