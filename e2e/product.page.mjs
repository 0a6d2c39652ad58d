// Every page of the product: at the widths that pages are designed for, by axe, with the keyboard, without scripts, and on paper.
import { checkAnatomy, checkAxe, checkWidth } from './harness/check_page.mjs';
import { checkHeaders } from './harness/check_headers.mjs';
import { checkKeyboard } from './harness/check_keyboard.mjs';
import { checkPaper } from './harness/check_paper.mjs';
import { checkStill } from './harness/check_still.mjs';
import { openPage, pages } from './harness/product.mjs';
import { reading as test } from './harness/test.mjs';

for (const it of pages) {
  test(`${it.title} holds`, async ({ page, still, allowed }) => {
    if (it.status >= 400) allowed.push(/status of 40\d/);
    checkHeaders(await openPage(page, it));
    const width = (pixels) => page.setViewportSize({ width: pixels, height: 844 });
    await checkAll(
      () => checkAnatomy(page),
      () => checkWidth(page),
      () => checkKeyboard(page),
      () => width(390),
      () => checkWidth(page),
      () => checkAxe(page),
      () => checkStill(page, still),
      () => width(320),
      () => checkWidth(page),
      () => it.paper !== false && checkPaper(page, it.sheet),
    );
  });
}

/** Goes on after a check that fails, so that one run tells all that is wrong with a page. */
async function checkAll(...checks) {
  const wrong = [];
  for (const check of checks) try { await test.step(String(check).replace('() => ', ''), check); } catch (problem) { wrong.push(problem); }
  if (wrong.length > 0) throw new Error(wrong.map(({ message }) => message).join('\n\n'));
}
