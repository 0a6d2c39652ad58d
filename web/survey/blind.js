// The one-time pass of a survey, made on the member's own device: RSABSSA-SHA384-PSS-Randomized of RFC 9474.
//
// The device makes a random message, blinds it and sends it to the register, signed in. The register signs without seeing what.
// The device takes the blinding off and has a pass that the register has never seen and that anybody can check.
//
// What must hold, and is tested both ways against the program that signs and checks (survey/token):
//   - the key is the one whose SHA-256 stands in the survey's notice: a key of your own would mark you;
//   - the factor that blinds is random, as long as the key, and never leaves the device;
//   - a signature that does not verify is not kept.
//
// This file imports nothing. It needs a browser's crypto.subtle, which there is on https pages only.

const version = 'cw1';
const nonceSize = 32;
const prefixSize = 32; // RFC 9474, section 4.1
const saltSize = 48;
const exponent = 65537n; // no other: one that divides the order of the group would let whoever made the key see through the blinding
const utf8 = new TextEncoder();

/** Why a key, a pass or a signature is refused; code is 'key', 'malformed', 'wave', 'forged' or 'browser'. */
export class Refusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** Reads the key of a survey, DER bytes, and refuses every one whose SHA-256 is not the one of the notice. */
export async function readKey(der, hash) {
  if (!globalThis.crypto?.subtle) throw new Refusal('browser', 'this browser has no cryptography on this page: open it over https');
  const got = toHex(await digest('SHA-256', der));
  if (got !== hash) throw new Refusal('key', `the key has the SHA-256 ${got} and the notice says ${hash}`);
  let key;
  let jwk;
  try {
    key = await crypto.subtle.importKey('spki', der, { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify']);
    jwk = await crypto.subtle.exportKey('jwk', key);
  } catch {
    throw new Refusal('key', 'the key is not an RSA key');
  }
  const n = toNumber(fromBase64(jwk.n));
  const bits = n.toString(2).length;
  if (bits < 2048 || bits > 4096 || bits % 8 !== 0) throw new Refusal('key', `the key has ${bits} bits`);
  if (toNumber(fromBase64(jwk.e)) !== exponent) throw new Refusal('key', 'the key has another exponent than 65537');
  if (n % 2n === 0n) throw new Refusal('key', 'the modulus of the key is even');
  return { key, n, size: bits / 8 };
}

/**
 * Makes a new pass of a survey. Returns what goes to the register (blinded, bytes) and what stays here until the answer comes
 * (pending, plain JSON). Keep pending before sending: asked again with the same bytes the register gives the same signature,
 * and with others it refuses.
 */
export async function begin(key, wave, random = fromBrowser) {
  if (!/^[a-z0-9-]{1,64}$/.test(wave)) throw new Refusal('malformed', 'not the id of a survey');
  const nonce = random(nonceSize);
  const prefix = random(prefixSize);
  const salt = random(saltSize);
  const { blinded, inverse } = await blindMessage(key, prepared(wave, nonce, prefix), salt, below(key.n, key.size, random));
  return { blinded, pending: { wave, nonce: toHex(nonce), prefix: toHex(prefix), inverse: inverse.toString(16), blinded: toHex(blinded) } };
}

/** Takes the blinding off the register's signature and returns the pass, which it has checked. */
export async function finish(key, pending, signature) {
  const inverse = BigInt(`0x${pending.inverse}`);
  const sig = unblind(key, inverse, signature);
  const pass = `${version}.${pending.wave}.${toBase64(join(fromHex(pending.nonce), fromHex(pending.prefix), sig))}`;
  await verify(key, pending.wave, pass);
  return pass;
}

/** Returns for a pass of the survey that the key signed, and throws a Refusal for any other text. The browser's own RSA checks. */
export async function verify(key, wave, pass) {
  const p = readPass(pass);
  if (p.wave !== wave) throw new Refusal('wave', 'the pass is for another survey');
  const good = p.signature.length === key.size
    && await crypto.subtle.verify({ name: 'RSA-PSS', saltLength: saltSize }, key.key, p.signature, prepared(p.wave, p.nonce, p.prefix));
  if (!good) throw new Refusal('forged', 'the pass was not signed with the key of the survey');
}

/** What stands for a pass once it was used, in hexadecimal: it tells nobody who answered or what. */
export async function spentHash(pass) {
  const p = readPass(pass);
  return toHex(await digest('SHA-256', join(utf8.encode(`commonweal spent token 1\0${p.wave}\0`), p.nonce, p.prefix, p.signature)));
}

/** Takes the text of a pass apart. */
export function readPass(text) {
  const parts = /^cw1\.([a-z0-9-]{1,64})\.([A-Za-z0-9_-]{1,800})$/.exec(text);
  const body = parts && fromBase64(parts[2]);
  const head = nonceSize + prefixSize;
  if (!body || toBase64(body) !== parts[2] || body.length < head + 256 || body.length > head + 512) throw new Refusal('malformed', 'not a one-time pass');
  return { wave: parts[1], nonce: body.slice(0, nonceSize), prefix: body.slice(nonceSize, head), signature: body.slice(head) };
}

/** RFC 9474, section 4.2: the encoded message times the signature's image of the factor. */
export async function blindMessage(key, message, salt, factor) {
  const encoded = toNumber(await encode(message, salt, key.size));
  inverseOf(encoded, key.n); // throws if they share a factor: the key is bad, and what is blinded would show the message
  const inverse = inverseOf(factor, key.n);
  return { blinded: toBytes((encoded * power(factor, exponent, key.n)) % key.n, key.size), inverse };
}

/** RFC 9474, section 4.4, but for the check, which is verify's. */
export function unblind(key, inverse, signature) {
  const z = toNumber(signature);
  if (signature.length !== key.size || z >= key.n) throw new Refusal('forged', 'the signature has the wrong size');
  return toBytes((z * inverse) % key.n, key.size);
}

/** EMSA-PSS (RFC 8017, section 9.1.1) with SHA-384, for a modulus of whole bytes: its encoding has one bit less. */
async function encode(message, salt, size) {
  const hash = await digest('SHA-384', join(new Uint8Array(8), await digest('SHA-384', message), salt));
  const block = new Uint8Array(size - hash.length - 1);
  block[block.length - salt.length - 1] = 1;
  block.set(salt, block.length - salt.length);
  const mask = await mgf1(hash, block.length);
  const masked = block.map((byte, i) => byte ^ mask[i]);
  masked[0] &= 0x7f;
  return join(masked, hash, Uint8Array.of(0xbc));
}

/** MGF1 (RFC 8017, appendix B.2.1) with SHA-384. */
async function mgf1(seed, length) {
  const blocks = [];
  for (let i = 0; i * 48 < length; i++) blocks.push(await digest('SHA-384', join(seed, Uint8Array.of(0, 0, i >> 8, i & 255))));
  return join(...blocks).slice(0, length);
}

/** What is signed: random bytes before it, as the randomised variant asks, and the survey within it. */
function prepared(wave, nonce, prefix) { return join(prefix, utf8.encode(`commonweal survey token 1\0${wave}\0`), nonce); }

function fromBrowser(n) { return crypto.getRandomValues(new Uint8Array(n)); }

/** A number from 1 to n - 1, each as likely as another: numbers as long as n are drawn until one is below it. */
function below(n, size, random) {
  for (;;) {
    const drawn = toNumber(random(size));
    if (drawn > 0n && drawn < n) return drawn;
  }
}

function power(base, by, n) {
  let product = 1n;
  for (let square = base % n; by > 0n; by >>= 1n) {
    if (by & 1n) product = (product * square) % n;
    square = (square * square) % n;
  }
  return product;
}

/** The inverse modulo n, by Euclid's algorithm. */
function inverseOf(a, n) {
  let [r, next] = [n, a % n];
  let [x, nextX] = [0n, 1n];
  while (next !== 0n) {
    const q = r / next;
    [r, next] = [next, r - q * next];
    [x, nextX] = [nextX, x - q * nextX];
  }
  if (r !== 1n) throw new Refusal('key', 'the modulus of the key shares a factor with the message');
  return ((x % n) + n) % n;
}

async function digest(name, bytes) { return new Uint8Array(await crypto.subtle.digest(name, bytes)); }

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function toHex(bytes) { return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join(''); }

export function fromHex(text) {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new Refusal('malformed', 'not hexadecimal');
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export function fromBase64(text) {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  } catch {
    throw new Refusal('malformed', 'not base64url');
  }
}

function toNumber(bytes) { return BigInt(`0x${toHex(bytes) || '0'}`); }

function toBytes(number, size) { return fromHex(number.toString(16).padStart(2 * size, '0')); }
