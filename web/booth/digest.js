// SHA-256 and what the protocol makes of it.

import { fromBytes } from './number.js';

const utf8 = new TextEncoder();

/** The SHA-256 of a text or of bytes, as 32 bytes. */
export async function sha256(data) {
  const bytes = typeof data === 'string' ? utf8.encode(data) : data;
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** The hash that people see, base64 without padding: the tracker of a ballot, the fingerprint of an election. */
export async function fingerprint(data) {
  return btoa(String.fromCharCode(...await sha256(data))).replace(/=+$/, '');
}

/** The bytes of a fingerprint. */
export function fingerprintBytes(text) {
  if (!/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$/.test(text)) throw new Error('not a tracker');
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

/** A text as a challenge: its SHA-256, first byte first, modulo the order of the group. */
export async function challenge(group, text) {
  return fromBytes(await sha256(text)) % group.q;
}
