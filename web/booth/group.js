// The three groups in which an election can be held; docs/design/ballots.md, section 2.
//
// A group has: name, q, identity, generator (a Powers), times, square, same, powers, text, parse, encodeLimit and,
// where that is not 0, encode. It is made when first asked for, and kept.

import { ed25519 } from './edwards.js';
import { belenios2048, rfc3526 } from './finite.js';
import { decimal } from './number.js';

const makers = { 'BELENIOS-2048': belenios2048, 'RFC-3526-2048': rfc3526, Ed25519: ed25519 };
const made = new Map();

export function groupNamed(name) {
  if (!Object.hasOwn(makers, name)) throw new Error(`this booth does not know the group ${String(name).slice(0, 30)}`);
  if (!made.has(name)) made.set(name, makers[name]());
  return made.get(name);
}

/** Refuses what is not in the subgroup of order q. */
export function mustBeMember(powers) {
  if (!powers.isMember) throw new Error(`an element is not a member of ${powers.group.name}`);
}

/** Reads an element that can be somebody's key, a member other than the identity, and returns its powers. */
export function publicKey(group, text) {
  const key = group.powers(group.parse(text));
  mustBeMember(key);
  if (group.same(key.base, group.identity)) throw new Error('the identity is nobody’s key');
  return key;
}

/** Reads a number from 0 to q - 1. */
export function scalar(group, text) { return decimal(text, group.q); }
