// AES in CCM mode (NIST SP 800-38C), in which keyholders encrypt for one another: a key of 32 bytes, a tag of 8, no associated
// data, and a nonce cut from 32 bytes to what the length of the text leaves room for; docs/design/ballots.md, section 4.
//
// Browsers do not offer CCM. They offer the two modes of which it is made: the tag is the last block of CBC with no
// initial value, masked with block 0 of CTR, and the text is masked with the blocks from 1 on. So nothing of AES is written here.

const tagLength = 8;

/** How many bytes hold the length of the text: as few as do, 2 to 4. */
function lengthBytes(n) {
  let l = 2;
  while (l < 4 && n >= 256 ** l) l++;
  return l;
}

const join = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const zeros = (n) => new Uint8Array(n);

/** The block before the text, or the first counter: flags, nonce, and a number of l bytes. */
function block(flags, nonce, l, n) {
  const number = zeros(l);
  new DataView(number.buffer).setUint16(l - 2, n % 65536);
  for (let i = l - 3, rest = Math.floor(n / 65536); i >= 0; i--, rest = Math.floor(rest / 256)) number[i] = rest % 256;
  return join([flags], nonce.slice(0, 15 - l), number);
}

/** The last block of CBC over the first block and the text, filled up with zeros. */
async function authenticate(key, nonce, text) {
  const l = lengthBytes(text.length);
  const whole = join(block((tagLength - 2) / 2 << 3 | l - 1, nonce, l, text.length), text, zeros((16 - text.length % 16) % 16));
  const cbc = await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['encrypt']);
  const blocks = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv: zeros(16) }, cbc, whole));
  return blocks.slice(whole.length - 16, whole.length); // after it comes a block of padding, which CCM does not have
}

/** Masks or unmasks a tag and a text. */
async function mask(key, nonce, tag, text) {
  const l = lengthBytes(text.length);
  const ctr = await crypto.subtle.importKey('raw', key, 'AES-CTR', false, ['encrypt']);
  const how = { name: 'AES-CTR', counter: block(l - 1, nonce, l, 0), length: 8 * l };
  const out = new Uint8Array(await crypto.subtle.encrypt(how, ctr, join(tag, zeros(16 - tag.length), text)));
  return { tag: out.slice(0, tagLength), text: out.slice(16) };
}

/** Encrypts bytes and appends the tag. */
export async function sealBytes(key, nonce, text) {
  const masked = await mask(key, nonce, await authenticate(key, nonce, text), text);
  return join(masked.text, masked.tag);
}

/** Reverses sealBytes. */
export async function openBytes(key, nonce, sealed) {
  const end = sealed.length - tagLength;
  const { tag, text } = await mask(key, nonce, sealed.slice(Math.max(end, 0)), sealed.slice(0, Math.max(end, 0)));
  const want = await authenticate(key, nonce, text);
  if (end < 0 || tag.some((byte, i) => byte !== want[i])) throw new Error('it does not decrypt: it is for somebody else, or was changed');
  return text;
}
