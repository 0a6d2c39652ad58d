// Whoever runs the machine: a platform's administrator, who sees its health and nothing about a person.
import { checkAnatomy, checkAxe, checkWidth } from './harness/check_page.mjs';
import { checkKeyboard } from './harness/check_keyboard.mjs';
import { House } from './harness/house.mjs';
import { expect, test } from './harness/test.mjs';

test.skip(!process.env.COMMONWEAL_BIN, 'COMMONWEAL_BIN names no program');

test('the administrator of a platform sees the machine, and no register', async ({ page, allowed }) => {
  allowed.push(/status of 403/);
  const platform = new House('PLATFORM');
  await platform.signIn(page);
  await page.goto(`${platform.url}/machine`);
  await checkAnatomy(page);
  await checkAxe(page);
  await checkKeyboard(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await checkWidth(page);
  for (const path of ['/register', '/staff', '/shares']) {
    const answer = await page.goto(platform.url + path);
    expect(answer.status(), path).toBe(403);
  }
});
