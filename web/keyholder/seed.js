// The seed: 22 letters and digits from which all keys of a keyholder in one ceremony follow. It is all that a keyholder keeps.

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const length = 22;

/** Draws a seed. Each of the 58 characters is as likely as another: bytes from 232 on would favour some and are drawn again. */
export async function newSeed(chance) {
  let seed = '';
  while (seed.length < length) {
    const [byte] = await chance.bytes(1);
    if (byte < 232) seed += alphabet[byte % 58];
  }
  return seed;
}

/** Reads a seed as it stands in the file, or as somebody types it from paper, with spaces or without. */
export function readSeed(typed) {
  const seed = typed.replace(/[\s-]/g, '');
  if (seed.length !== length) throw new Error(`a secret has ${length} letters and digits, this has ${seed.length}`);
  const wrong = Array.from(seed).find((c) => !alphabet.includes(c));
  if (wrong !== undefined) throw new Error(`a secret has no “${wrong}”`);
  return seed;
}

/** The seed in groups, as it is printed. */
export function inGroups(seed) { return seed.match(/.{1,4}/g).join(' '); }
