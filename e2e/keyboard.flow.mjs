// Somebody without a mouse, from the first page to their own.
import { expect, test } from './harness/test.mjs';

test.skip(!process.env.COMMONWEAL_BIN, 'COMMONWEAL_BIN names no program');

const focused = (page) => page.locator(':focus');

test('the keyboard alone leads in, past the header, and out', async ({ page }) => {
  await page.goto(`${process.env.CHANGES_URL}/demo`);
  const tabTo = async (name) => {
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press('Tab');
      if ((await focused(page).textContent())?.trim() === name) return;
    }
    throw new Error(`Tab does not reach ${name}`);
  };
  await tabTo('Amara Okafor');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/home');

  await page.keyboard.press('Tab');
  await expect(focused(page)).toHaveText('Skip to main content');
  await expect(focused(page)).toBeInViewport();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await focused(page).evaluate((element) => element.closest('main') !== null), 'the next control is in the page itself').toBe(true);

  await page.goto(`${process.env.CHANGES_URL}/home`);
  await tabTo('Sign out');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
});
