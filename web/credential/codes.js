// Making codes; docs/design/ballots.md, section 4, and Belenios specification 2.0, section 4.8. What package
// internal/decide/code does in the command-line program: the same files, the same marks.

import { alphabet, credentialFromCode } from '../booth/credential.js';
import { groupNamed } from '../booth/group.js';
import { sha256 } from '../booth/digest.js';
import { toHex } from '../booth/random.js';

const todoForm = 'commonweal/codes-to-make/1';
const madeForm = 'commonweal/codes-made/1';

/** Draws a code: 14 characters, each as likely as another, and their checksum, with dashes. */
export async function newCode(chance) {
  const digits = [];
  for (let i = 0; i < 14; i += 1) digits.push(Number(await chance.below(58n)));
  const n = digits.reduce((sum, digit) => sum * 58n + BigInt(digit), 0n);
  digits.push(53 - Number(n % 53n));
  return digits.map((digit) => alphabet[digit]).join('').match(/.../g).join('-');
}

/** Names a code by its public part, without giving it away. */
export async function markOf(text) {
  return toHex(await sha256(text)).slice(0, 8).toUpperCase().replace(/^..../, '$&-');
}

/** Checks what the server says is to be made. */
export function readToDo(text) {
  const todo = JSON.parse(text);
  const whole = (n) => Number.isInteger(n) && n > 0;
  if (todo.form !== todoForm) throw new Error('this is not the list of codes to make');
  groupNamed(todo.group);
  const numbers = new Set(todo.voters.map(({ number }) => number));
  if (numbers.size !== todo.voters.length || !todo.voters.every(({ number, weight }) => whole(number) && whole(weight))) throw new Error('the list has a voter twice, or without a number');
  if (!todo.spares.every(({ weight, count }) => whole(weight) && whole(count))) throw new Error('the list asks for spares that cannot be');
  return todo;
}

/** Makes a code for each voter, in order, and the spares. tell is told how many are made, and may wait. */
export async function makeCodes(todo, chance, tell = () => {}) {
  const group = groupNamed(todo.group);
  const wanted = todo.voters.map(({ number, weight, name = '' }) => ({ voter: number, weight, name }));
  for (const { weight, count } of todo.spares) for (let i = 0; i < count; i += 1) wanted.push({ spare: wanted.length - todo.voters.length + 1, weight, name: '' });
  const made = [];
  for (const one of wanted) {
    const code = await newCode(chance);
    const { text } = await credentialFromCode(group, todo.uuid, code);
    made.push({ ...one, code, text, mark: await markOf(text) });
    await tell(made.length, wanted.length);
  }
  return made;
}

/** The file for the server: public parts alone, of those of whom keep says so. */
export function publicFile(todo, made, keep = () => true) {
  const line = ({ voter, spare, weight, text }) => (voter ? { voter, public: text } : { spare, weight, public: text });
  return `${JSON.stringify({ form: madeForm, uuid: todo.uuid, codes: made.filter(keep).map(line) }, null, 1)}\n`;
}

/** The registrar's own file. */
export function secretFile(todo, made) {
  const lines = made.map(({ voter, spare, weight, code, mark }) => `${voter ?? `spare-${spare}`} ${weight} ${code} ${mark}\n`);
  return `# codes of ${todo.uuid}: secret\n${lines.join('')}`;
}
