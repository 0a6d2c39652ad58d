// The key with which a voter signs; docs/design/ballots.md, section 4, and Belenios specification 2.0, section 4.8.
//
// A credential is {secret, text}: a number from 1 to q - 1, and the text of g^secret, which stands in the published list.

import { fromBytes } from './number.js';
import { scalar } from './group.js';

export const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** The credential of a secret that this device made or kept. */
export function credentialFromSecret(group, secret) {
  if (secret <= 0n || secret >= group.q) throw new Error('not a secret of a credential');
  return { secret, text: group.text(group.generator.power(secret)) };
}

/** The same, from the decimal that was saved. */
export function credentialFromText(group, text) { return credentialFromSecret(group, scalar(group, text)); }

/** Makes a credential on this device. */
export async function newCredential(group, chance) {
  return credentialFromSecret(group, 1n + await chance.below(group.q - 1n));
}

/** The credential of a code XXX-XXX-XXX-XXX-XXX that was printed or mailed. */
export async function credentialFromCode(group, uuid, code) {
  const utf8 = new TextEncoder();
  const password = await crypto.subtle.importKey('raw', utf8.encode(readCode(code)), 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: utf8.encode(uuid), iterations: 1000 };
  const bits = await crypto.subtle.deriveBits(how, password, 256);
  return credentialFromSecret(group, fromBytes(new Uint8Array(bits)) % group.q);
}

/** Reads a code as somebody types it, dashes and spaces or none, checks its last character and returns it with dashes. */
export function readCode(typed) {
  const code = typed.replace(/[\s\u2010-\u2015-]/g, '');
  const digits = Array.from(code, (c) => alphabet.indexOf(c));
  if (digits.length !== 15) throw new Error('a code has 15 letters and numbers');
  if (digits.includes(-1)) throw new Error('a code has no 0, O, I or l');
  const n = digits.slice(0, 14).reduce((sum, digit) => sum * 58n + BigInt(digit), 0n);
  if (digits[14] !== 53 - Number(n % 53n)) throw new Error('the code does not fit together: a character is mistyped');
  return code.match(/.../g).join('-');
}

/** The public credentials of the published list, a JSON file; weights are left out. */
export function readList(file) { return JSON.parse(file).map((entry) => entry.split(',')[0]); }
