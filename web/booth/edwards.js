// The curve edwards25519, -x² + y² = 1 + d x² y² modulo p = 2^255 - 19, and its subgroup of order q: RFC 8032, section 5.1.
//
// A point is [X, Y, Z, T] with x = X/Z, y = Y/Z and T = XY/Z (Hisil, Wong, Carter and Dawson 2008). Coordinates are left
// between -p and p; only text brings them into one form. "times" is the addition of points; its formulae hold for all of them.
// The text of a point is that of RFC 8032 read from the last byte to the first: 64 hexadecimal digits, the top bit being
// the sign of x.

import { Powers } from './power.js';
import { modulo } from './number.js';

const p = 2n ** 255n - 19n;
const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
const sign = 2n ** 255n;
const rootOfMinusOne = power(2n, (p - 1n) / 4n);

/** b to the power n modulo p. */
function power(b, n) {
  let result = 1n;
  for (const bit of n.toString(2)) {
    result = result * result % p;
    if (bit === '1') result = result * b % p;
  }
  return result;
}

const inverse = (a) => power(a, p - 2n);

/** The even square root of u/v, or null where there is none; RFC 8032, section 5.1.3. */
function rootOfQuotient(u, v) {
  const candidate = u * v ** 3n % p * power(u * v ** 7n % p, (p - 5n) / 8n) % p;
  for (const root of [candidate, candidate * rootOfMinusOne]) {
    if (modulo(v * root * root - u, p) === 0n) {
      const least = modulo(root, p);
      return least % 2n === 0n ? least : p - least;
    }
  }
  return null;
}

class Edwards {
  constructor() {
    this.name = 'Ed25519';
    this.q = 2n ** 252n + 27742317777372353535851937790883648493n;
    this.identity = [0n, 1n, 1n, 0n];
    this.encodeLimit = 0;
    this.generator = this.powers(this.parse('66'.repeat(31) + '58')); // y = 4/5
  }

  times([x1, y1, z1, t1], [x2, y2, z2, t2]) {
    const a = (y1 - x1) * (y2 - x2) % p;
    const b = (y1 + x1) * (y2 + x2) % p;
    const c = 2n * d * (t1 * t2 % p) % p;
    const e = 2n * z1 * z2 % p;
    return completed(b - a, e - c, e + c, b + a);
  }

  square([x, y, z]) {
    const a = x * x % p;
    const b = y * y % p;
    const sum = a + b;
    const difference = a - b;
    return completed(sum - (x + y) * (x + y) % p, 2n * z * z % p + difference, difference, sum);
  }

  same([x1, y1, z1], [x2, y2, z2]) {
    return (x1 * z2 - x2 * z1) % p === 0n && (y1 * z2 - y2 * z1) % p === 0n;
  }

  powers(a) { return new Powers(this, a); }

  text([x, y, z]) {
    const i = inverse(z);
    const odd = modulo(x * i, p) % 2n === 1n;
    return (modulo(y * i, p) + (odd ? sign : 0n)).toString(16).padStart(64, '0');
  }

  /** Reads the only text of a point. Whether it is in the subgroup is for its powers to say. */
  parse(text) {
    if (!/^[0-9a-f]{64}$/.test(text)) throw new Error('not 64 lower-case hexadecimal digits');
    const n = BigInt('0x' + text);
    const y = n % sign;
    const odd = n >= sign;
    if (y >= p) throw new Error('not the one form of a point');
    const root = rootOfQuotient(y * y - 1n, d * y * y + 1n);
    if (root === null) throw new Error('not a point of the curve');
    if (root === 0n && odd) throw new Error('not the one form of a point');
    const x = odd ? modulo(-root, p) : root;
    return [x, y, 1n, x * y % p];
  }
}

/** The point whose coordinates are (e/g, h/f). */
function completed(e, f, g, h) {
  return [e * f % p, g * h % p, f * g % p, e * h % p];
}

export function ed25519() { return new Edwards(); }
