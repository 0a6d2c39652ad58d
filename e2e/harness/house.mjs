// The mutual without a demonstration, and its first secretary.
import { expect } from '@playwright/test';
import { codeIn, mailSoFar, nextMail } from './mail.mjs';

export const secretary = { email: 'wren.aldous@example.org', name: 'Wren Aldous' };

/** Asks for a code on the sign-in page. */
export async function askForCode(page, email) {
  await page.goto(`${process.env.HOUSE_URL}/sign-in`);
  await page.getByLabel('Your work e-mail address').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look in your mail');
}

export async function enterCode(page, code) {
  await page.getByLabel('The code we sent you').fill(code);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}

/** Signs in with a code that came by mail. */
export async function signInByCode(page, { email, name } = secretary) {
  const before = mailSoFar();
  await askForCode(page, email);
  await enterCode(page, codeIn(await nextMail(email, before)));
  await page.waitForURL('**/home');
  await expect(page.getByRole('banner')).toContainText(name);
}
