// What must hold for a page in a browser that runs no scripts. A page that has none is the same there (no style asks whether
// scripts run: product.headers.mjs), and what was found of it holds; any other is opened again in such a browser.
import { checkAnatomy, checkWidth } from './check_page.mjs';

/** Looks, with the cookies of page, at its address in the window still. Says whether that was needed. */
export async function checkStill(page, still) {
  if (await page.locator('script, noscript').count() === 0) return false;
  const [here] = await Promise.all([page.context().cookies(), still.setViewportSize({ width: 390, height: 844 })]);
  await still.context().addCookies(here);
  await still.goto(page.url());
  await checkAnatomy(still);
  await checkWidth(still);
  return true;
}
