// An organisation without a demonstration, and its first officer.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';

export class House {
  officer = { email: 'wren.aldous@example.org', name: 'Wren Aldous' };

  /** name is HOUSE, OFFICE or PLATFORM: see start_servers.mjs. */
  constructor(name) {
    this.url = process.env[`${name}_URL`];
    this.folder = process.env[`${name}_MAIL`];
  }

  /** Asks for a code on the sign-in page. */
  async askForCode(page, email = this.officer.email) {
    await page.goto(`${this.url}/sign-in`);
    await page.getByLabel('Your work e-mail address').fill(email);
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look in your mail');
  }

  async enterCode(page, code) {
    await page.getByLabel('The code we sent you').fill(code);
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  }

  /** Signs in as the first officer, with a code that comes by mail: where offices need a passkey, without the office. */
  async signIn(page) {
    const before = this.mail();
    await this.askForCode(page);
    await this.enterCode(page, codeIn(await this.nextMail(this.officer.email, before)));
    await page.waitForURL(/\/home$|\/account\/office/);
    if (page.url().includes('/account/office')) await page.getByRole('link', { name: 'Carry on without your office' }).click();
    await page.waitForURL('**/home');
    await expect(page.getByRole('banner')).toContainText(this.officer.name);
  }

  /** The mail that is there already: what arrives later is new. */
  mail() {
    return new Set(readdirSync(this.folder));
  }

  /** Waits for a mail to an address, and returns its text. */
  async nextMail(address, before, seconds = 20) {
    const until = Date.now() + seconds * 1000;
    while (Date.now() < until) {
      for (const name of this.mail()) {
        if (before.has(name) || !name.endsWith('.eml')) continue;
        const mail = readFileSync(join(this.folder, name), 'utf8');
        if (new RegExp(`^To: .*${address}`, 'm').test(mail)) return decoded(mail);
      }
      await new Promise((wake) => setTimeout(wake, 100));
    }
    throw new Error(`no mail came to ${address}`);
  }
}

/** Quoted-printable, as far as tests look at it. */
const decoded = (mail) => mail.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

/** The code in a mail that has one. */
export function codeIn(mail) {
  const code = mail.match(/^\s*(\d{4}[ -]?\d{4})\s*$/m)?.[1];
  if (!code) throw new Error('the mail has no code in it');
  return code;
}
