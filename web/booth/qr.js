// QR codes: bytes as a square of dark and light modules, after ISO/IEC 18004:2015, in byte mode, with error correction level M
// (about 15 % of the square may be unreadable), in the smallest of the forty versions that holds them.

// Of each version: how many codewords correct errors in a block, and how many blocks there are (table 9, level M).
const correction = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, ...new Array(19).fill(28)];
const blockCount = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
];

/** The rows of the square for a text, true being dark. A quiet margin of four modules must be left round it. */
export function qrCode(text, forcedMask) {
  const bytes = new TextEncoder().encode(text);
  const version = smallest(bytes.length);
  const square = new Square(version);
  square.drawPatterns();
  square.drawData(interleave(version, codewords(version, bytes)));
  const masks = forcedMask === undefined ? [0, 1, 2, 3, 4, 5, 6, 7] : [forcedMask];
  const drawn = masks.map((mask) => square.masked(mask));
  const penalties = drawn.map(penalty);
  return drawn[penalties.indexOf(Math.min(...penalties))];
}

/** How many modules are left for codewords when the patterns are drawn. */
function capacity(version) {
  const size = 17 + 4 * version;
  const lines = version === 1 ? 0 : Math.floor(version / 7) + 2; // of alignment patterns, each way
  let free = size * size - 3 * 64 - 2 * 15 - 1 - 2 * (size - 16); // finders, format, the dark module, timing
  if (lines > 0) free -= (lines * lines - 3) * 25 - 2 * (lines - 2) * 5; // those on the timing lines overlap them by five
  if (version >= 7) free -= 36; // the version itself, twice
  return free;
}

const dataLength = (version) => Math.floor(capacity(version) / 8) - correction[version - 1] * blockCount[version - 1];
const countBits = (version) => (version < 10 ? 8 : 16);

function smallest(length) {
  for (let version = 1; version <= 40; version++) {
    if (4 + countBits(version) + 8 * length <= 8 * dataLength(version)) return version;
  }
  throw new Error(`${length} bytes do not fit into a QR code`);
}

/** Mode, length, bytes, terminator and padding. */
function codewords(version, bytes) {
  let bits = '0100' + bytes.length.toString(2).padStart(countBits(version), '0');
  for (const b of bytes) bits += b.toString(2).padStart(8, '0');
  const length = dataLength(version);
  bits = (bits + '0000').slice(0, 8 * length);
  const words = bits.match(/.{1,8}/g).map((word) => parseInt(word.padEnd(8, '0'), 2));
  for (let pad = 0xec; words.length < length; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

/** Cuts the codewords into blocks, appends to each what corrects its errors, and deals them out in turn. */
function interleave(version, words) {
  const count = blockCount[version - 1];
  const generator = generatorPolynomial(correction[version - 1]);
  const short = Math.floor(words.length / count);
  const blocks = [];
  for (let i = 0, at = 0; i < count; i++) {
    const length = short + (i >= count - words.length % count ? 1 : 0); // the longer blocks come last
    blocks.push(words.slice(at, at + length));
    at += length;
  }
  const corrections = blocks.map((block) => remainder(block, generator));
  const dealt = [];
  for (const lists of [blocks, corrections]) {
    for (let i = 0; i < lists[count - 1].length; i++) {
      for (const list of lists) if (i < list.length) dealt.push(list[i]);
    }
  }
  return dealt;
}

/** The product of two elements of the field of 256, modulo x^8 + x^4 + x^3 + x^2 + 1. */
function product(a, b) {
  let p = 0;
  for (let bit = 7; bit >= 0; bit--) p = p << 1 ^ (p >> 7) * 0x11d ^ (b >> bit & 1) * a;
  return p;
}

/** (x - 1)(x - 2)(x - 4)…, without its leading coefficient. */
function generatorPolynomial(degree) {
  let poly = [1];
  for (let i = 0, root = 1; i < degree; i++, root = product(root, 2)) {
    poly = [...poly, 0].map((c, j) => c ^ (j > 0 ? product(poly[j - 1], root) : 0));
  }
  return poly.slice(1);
}

function remainder(block, generator) {
  const rest = new Array(generator.length).fill(0);
  for (const word of block) {
    const factor = word ^ rest.shift();
    rest.push(0);
    generator.forEach((c, i) => { rest[i] ^= product(c, factor); });
  }
  return rest;
}

/** The bits of value followed by the remainder of its division by a polynomial of that degree. */
function withRemainder(value, polynomial, degree) {
  let rest = value << degree;
  for (let bit = 31 - Math.clz32(rest); bit >= degree; bit--) if (rest >> bit & 1) rest ^= polynomial << bit - degree;
  return value << degree | rest;
}

const maskings = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => x * y % 2 + x * y % 3 === 0,
  (x, y) => (x * y % 2 + x * y % 3) % 2 === 0,
  (x, y) => ((x + y) % 2 + x * y % 3) % 2 === 0,
];

class Square {
  constructor(version) {
    this.version = version;
    this.size = 17 + 4 * version;
    this.rows = Array.from({ length: this.size }, () => new Array(this.size).fill(false));
    this.fixed = Array.from({ length: this.size }, () => new Array(this.size).fill(false)); // not data
  }

  set(x, y, dark) {
    if (x < 0 || y < 0 || x >= this.size || y >= this.size) return;
    this.rows[y][x] = dark;
    this.fixed[y][x] = true;
  }

  drawPatterns() {
    const { size, version } = this;
    for (let i = 0; i < size; i++) {
      this.set(6, i, i % 2 === 0);
      this.set(i, 6, i % 2 === 0);
    }
    for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) this.drawRings(x, y, 4);
    const at = this.alignment();
    const last = at.length - 1;
    at.forEach((y, i) => at.forEach((x, j) => {
      const finder = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0);
      if (!finder) this.drawRings(x, y, 2);
    }));
    this.drawFormat(0); // keeps its place; masked draws the right one
    if (version >= 7) {
      const bits = withRemainder(version, 0x1f25, 12);
      for (let i = 0; i < 18; i++) {
        const dark = (bits >> i & 1) === 1;
        this.set(size - 11 + i % 3, Math.floor(i / 3), dark);
        this.set(Math.floor(i / 3), size - 11 + i % 3, dark);
      }
    }
  }

  /** Rings round a centre, every second dark: radius 4 for a finder with its light border, 2 for an alignment pattern. */
  drawRings(x, y, radius) {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        this.set(x + dx, y + dy, radius === 4 ? ring !== 2 && ring !== 4 : ring !== 1);
      }
    }
  }

  /** Where alignment patterns are centred, in each direction: the last at size - 7, before it at equal steps, the first at 6. */
  alignment() {
    if (this.version === 1) return [];
    const count = Math.floor(this.version / 7) + 2;
    const step = this.version === 32 ? 26 : Math.ceil((this.size - 13) / (2 * count - 2)) * 2;
    const at = [];
    for (let i = 0; i < count - 1; i++) at.unshift(this.size - 7 - i * step);
    return [6, ...at];
  }

  drawFormat(mask) {
    const bits = withRemainder(mask, 0x537, 10) ^ 0x5412; // level M is 00
    const dark = (i) => (bits >> i & 1) === 1;
    const { size } = this;
    for (let i = 0; i < 15; i++) {
      this.set(8, i < 6 ? i : i < 8 ? i + 1 : size - 15 + i, dark(i));
      this.set(i < 8 ? size - 1 - i : i === 8 ? 7 : 14 - i, 8, dark(i));
    }
    this.set(8, size - 8, true);
  }

  /** Fills what is free in columns of two, from the right, up and down in turn, leaving out the timing line. */
  drawData(words) {
    let i = 0;
    for (let right = this.size - 1; right > 0; right -= 2) {
      if (right === 6) right = 5;
      const up = (right + 1 & 2) === 0;
      for (let n = 0; n < this.size; n++) {
        const y = up ? this.size - 1 - n : n;
        for (const x of [right, right - 1]) {
          if (this.fixed[y][x] || i >= 8 * words.length) continue;
          this.rows[y][x] = (words[i >> 3] >> 7 - i % 8 & 1) === 1;
          i++;
        }
      }
    }
  }

  /** The rows under a mask, with the format that names it. */
  masked(mask) {
    this.drawFormat(mask);
    return this.rows.map((row, y) => row.map((dark, x) => (this.fixed[y][x] ? dark : dark !== maskings[mask](x, y))));
  }
}

/** How badly a square can be mistaken: long runs, blocks, what looks like a finder, and imbalance (section 7.8.3). */
function penalty(rows) {
  const size = rows.length;
  const columns = rows.map((_, x) => rows.map((row) => row[x]));
  let points = 0;
  let dark = 0;
  for (const line of [...rows, ...columns]) {
    const text = line.map((d) => (d ? '1' : '0')).join('');
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) points += run.length - 2;
    for (let i = 0; i + 11 <= size; i++) {
      const part = text.slice(i, i + 11);
      if (part === '10111010000' || part === '00001011101') points += 40;
    }
  }
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      dark += rows[y][x] ? 1 : 0;
      if (x > 0 && y > 0 && rows[y][x] === rows[y][x - 1] && rows[y][x] === rows[y - 1][x] && rows[y][x] === rows[y - 1][x - 1]) points += 3;
    }
  }
  return points + 10 * Math.floor(Math.abs(20 * dark - 10 * size * size) / (size * size));
}
