// The mail that the server writes to a folder.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Mail to an address that is there already: what arrives later is new. */
export const mailSoFar = () => new Set(readdirSync(process.env.HOUSE_MAIL));

/** Waits for a mail to an address, and returns its text. */
export async function nextMail(address, before, seconds = 20) {
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    for (const name of readdirSync(process.env.HOUSE_MAIL)) {
      if (before.has(name) || !name.endsWith('.eml')) continue;
      const mail = readFileSync(join(process.env.HOUSE_MAIL, name), 'utf8');
      if (new RegExp(`^To: .*${address}`, 'm').test(mail)) return decoded(mail);
    }
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error(`no mail came to ${address}`);
}

/** Quoted-printable, as far as tests look at it. */
const decoded = (mail) => mail.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

/** The code in a mail that has one. */
export function codeIn(mail) {
  const code = mail.match(/^\s*(\d{4}[ -]?\d{4})\s*$/m)?.[1];
  if (!code) throw new Error('the mail has no code in it');
  return code;
}
