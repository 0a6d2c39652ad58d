// The product's pages. They are tested where COMMONWEAL_BIN names the program (see start_servers.mjs).
import { test } from './test.mjs';

/** Pages that anybody may open. */
export const publicPages = ['/'];

export async function openPage(page, path) {
  test.skip(!process.env.PRODUCT_URL, 'COMMONWEAL_BIN names no program');
  await page.goto(process.env.PRODUCT_URL + path);
}
