// Chance. All that a ballot needs of it comes from one seed of 32 bytes, drawn by the browser's own generator for that ballot
// and forgotten with it: block i of the stream is SHA-256("chance|<seed in hexadecimal>|<i>"), i from 0. Who has the seed of a
// ballot can open it. That is what it is for: the seed of a ballot that is not cast shows another device what was locked.

import { sha256 } from './digest.js';
import { fromBytes } from './number.js';

/** Draws a seed. */
export function newSeed() { return crypto.getRandomValues(new Uint8Array(32)); }

export function toHex(bytes) { return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join(''); }

export function fromHex(text) {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new Error('not hexadecimal');
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export class Chance {
  constructor(seed = newSeed()) {
    if (seed.length !== 32) throw new Error('a seed has 32 bytes');
    this.seed = toHex(seed);
    this.blocks = 0; // made so far
    this.left = new Uint8Array(0); // made and not yet drawn
  }

  /** The next n bytes of the stream. */
  async bytes(n) {
    while (this.left.length < n) {
      const more = [];
      for (let i = 0; i < 16; i++) more.push(sha256(`chance|${this.seed}|${this.blocks++}`));
      this.left = Uint8Array.from([this.left, ...await Promise.all(more)].flatMap((block) => [...block]));
    }
    const drawn = this.left.slice(0, n);
    this.left = this.left.slice(n);
    return drawn;
  }

  /**
   * A number from 0 to bound - 1, each as likely as another: numbers of the length of the bound are drawn until one is
   * below it.
   */
  async below(bound) {
    const bits = bound.toString(2).length;
    const size = Math.ceil(bits / 8);
    for (;;) {
      const drawn = await this.bytes(size);
      drawn[0] &= 0xff >> (size * 8 - bits);
      const n = fromBytes(drawn);
      if (n < bound) return n;
    }
  }
}
