// A hash as four words, for people to compare. The words carry its first 40 bits, ten bits a word; a tracker's are those of
// the 32 bytes that its base64 spells. Enough to notice a wrong one, not enough to stand in for it: the whole tracker decides.

import { fingerprintBytes } from './digest.js';
import { wordList } from './wordlist.js';

/** The words of a tracker, or of an election's fingerprint. */
export function wordsOfTracker(tracker) { return fourWords(fingerprintBytes(tracker)); }

/** The words for the first five bytes. */
export function fourWords(bytes) {
  if (bytes.length < 5) throw new Error('four words need five bytes');
  let n = 0n;
  for (const b of bytes.slice(0, 5)) n = n << 8n | BigInt(b);
  return [30n, 20n, 10n, 0n].map((shift) => wordList[Number(n >> shift & 1023n)]).join(' ');
}

/** Reads four words as somebody types them and returns the five bytes. The first four letters of a word are enough. */
export function readWords(typed) {
  const parts = typed.toLowerCase().split(/[\s.,-]+/).filter((part) => part !== '');
  if (parts.length !== 4) throw new Error(`four words are needed, not ${parts.length}`);
  let n = 0n;
  for (const part of parts) {
    const i = part.length < 4 ? -1 : wordList.findIndex((word) => word.startsWith(part));
    if (i < 0) throw new Error(`the word ${part.slice(0, 20)} is not in the list`);
    n = n << 10n | BigInt(i);
  }
  return Uint8Array.from([32n, 24n, 16n, 8n, 0n], (shift) => Number(n >> shift & 255n));
}
