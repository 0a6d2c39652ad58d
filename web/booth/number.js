// Whole numbers as texts and bytes.

/** Reads a decimal without sign or leading zero that spells a number below the bound. */
export function decimal(text, bound) {
  if (typeof text !== 'string' || text.length > 640 || !/^(0|[1-9][0-9]*)$/.test(text)) throw new Error('not a decimal in its one form');
  const n = BigInt(text);
  if (n >= bound) throw new Error('a number is too large');
  return n;
}

/** The number that bytes spell, first byte first. */
export function fromBytes(bytes) {
  return BigInt('0x0' + Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join(''));
}

/** n modulo q, from 0 to q - 1 also where n is negative. */
export function modulo(n, q) {
  const rest = n % q;
  return rest < 0n ? rest + q : rest;
}
