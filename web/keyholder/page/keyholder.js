// The part of the keyholders' pages that needs a secret, and so runs here and not on the server: making the secret, each step of
// making a key, and opening votes. The page names in data- attributes what to fetch. What is made here goes into the file field
// of the page's own form, into which whoever uses the command-line program puts a file: the server sees no difference.
//
// The secret stays in this page and goes when it is left. It has no name in any form, and no request carries it.

import { button, drawing, el, fourWordsOf, p } from '../../booth/page/element.js';
import { checkTally, readKey, shareIn, wordsOfKey } from '../key.js';
import { decrypt, nameOf, readTally } from '../decryption.js';
import { inGroups, newSeed, readSeed } from '../seed.js';
import { makeCert, makePolynomial, makeVoutput, readCerts } from '../ceremony.js';
import { noteOpened, wasOpened } from '../opened.js';
import { Chance } from '../../booth/random.js';
import { fourWords, wordsOfTracker } from '../../booth/words.js';
import { groupNamed } from '../../booth/group.js';
import { memberOf } from '../member.js';
import { qrCode } from '../../booth/qr.js';
import { readElection } from '../../booth/election.js';
import { sha256 } from '../../booth/digest.js';

const place = document.querySelector('[data-keyholder]');

/** Fetches a file of the page. */
async function bytesOf(name) {
  const response = await fetch(place.dataset[name], { credentials: 'same-origin' });
  if (!response.ok || response.redirected) throw new Error('the server did not give what this page needs: load the page again, and sign in if it asks you to');
  return new Uint8Array(await response.arrayBuffer());
}

const textOf = async (name) => new TextDecoder().decode(await bytesOf(name));
const dataOf = async (name) => JSON.parse(await textOf(name));

/** Shows what can be done now, in place of what was shown before, and brings the reader to it. */
function show(...children) {
  place.replaceChildren(...children.flat().filter(Boolean));
  place.hidden = false;
}

/** Says what is to be put right: above, and at the field that it is about. */
function problem(error, field) {
  const text = `${error.message.slice(0, 1).toUpperCase()}${error.message.slice(1)}${/[.?]$/.test(error.message) ? '' : '.'}`;
  forgetProblems();
  const input = field && document.getElementById(field);
  if (input) {
    input.parentElement.classList.add('nhsuk-form-group--error');
    input.before(el('p', { class: 'nhsuk-error-message', id: 'secret-error' }, text));
  }
  const summary = el('div', { class: 'nhsuk-error-summary', tabindex: '-1', role: 'alert' },
    el('h2', { class: 'nhsuk-error-summary__title' }, 'There is a problem'),
    el('div', { class: 'nhsuk-error-summary__body' }, el('ul', { class: 'nhsuk-list nhsuk-error-summary__list' },
      el('li', {}, input ? el('a', { href: `#${field}` }, text) : text))));
  place.prepend(summary);
  place.hidden = false;
  summary.focus();
}

function forgetProblems() {
  for (const old of document.querySelectorAll('.nhsuk-error-summary, .nhsuk-error-message')) old.remove();
  for (const group of place.querySelectorAll('.nhsuk-form-group--error')) group.classList.remove('nhsuk-form-group--error');
}

/** Hands what was made to the page's form, as a file, and sends it. */
function send(text) {
  const form = document.getElementById(place.dataset.form);
  const files = new DataTransfer();
  files.items.add(new File([`${text}\n`], 'made-in-the-browser.txt', { type: 'text/plain' }));
  form.querySelector('input[type=file]').files = files.files;
  form.requestSubmit();
}

/** Lets the browser draw what changed. */
const drawn = () => new Promise((next) => { setTimeout(next, 0); });

/** Asks for the saved secret, as a file or typed, and does the work with it. The work is given a function that says how far it is. */
function secretForm(label, work, ...before) {
  const file = el('input', { class: 'nhsuk-file-upload', type: 'file', id: 'secret-file', accept: '.key,.txt,text/plain', 'aria-describedby': 'secret-error' });
  const typed = el('input', {
    class: 'nhsuk-input nhsuk-input--width-30', type: 'text', id: 'secret-typed', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', 'aria-describedby': 'secret-hint secret-error',
  });
  const status = el('p', { role: 'status' });
  const act = button(label);
  const submit = async (event) => {
    event.preventDefault();
    const field = file.files.length > 0 ? 'secret-file' : 'secret-typed';
    act.disabled = true;
    forgetProblems();
    try {
      status.textContent = 'Working on this device. It can take a minute.';
      await drawn();
      const text = file.files.length > 0 ? await file.files[0].text() : typed.value;
      if (text.trim() === '') throw new Error('choose the file that you saved, or type the secret from paper');
      await work(readSeed(text.trim()), async (words) => { status.textContent = words; await drawn(); });
    } catch (error) {
      status.textContent = '';
      problem(error, field);
    }
    act.disabled = false;
  };
  return el('form', { onsubmit: submit, novalidate: true, class: 'cw-form' }, before,
    el('div', { class: 'nhsuk-form-group' }, el('label', { class: 'nhsuk-label', for: 'secret-file' }, 'The file with your secret'), file),
    el('div', { class: 'nhsuk-form-group' },
      el('label', { class: 'nhsuk-label', for: 'secret-typed' }, 'Or type it from paper'),
      el('div', { class: 'nhsuk-hint', id: 'secret-hint' }, '22 letters and digits. Capitals matter, spaces do not. It stays on this device.'), typed),
    act, status);
}

// Making a key.

/** What this keyholder's program knows when the secret is there. */
async function mineIn(input, seed) {
  const group = groupNamed(input.group);
  const member = await memberOf(group, seed);
  const certs = await readCerts(group, input.certs);
  if (certs.length !== input.trustees || !certs[input.number - 1].own(member)) {
    throw new Error('this is not the secret that you made for this key: choose the file that you saved for it');
  }
  return { member, certs };
}

const works = {
  async polynomial(input, seed) {
    const { member, certs } = await mineIn(input, seed);
    return makePolynomial(member, new Chance(), certs, input.threshold);
  },
  async voutput(input, seed) {
    const { member, certs } = await mineIn(input, seed);
    return makeVoutput(member, new Chance(), certs, input.vinput);
  },
  async check(input, seed) {
    const group = groupNamed(input.group);
    const key = await readKey(group, input.key.trustees);
    const share = await shareIn(key, group, input.number, seed, input.key.sealed);
    const bytes = new TextEncoder().encode(input.key.election);
    const election = await readElection(bytes);
    return decrypt(election, readTally(election, await checkTally(election, bytes, input.setup, key)), share, new Chance());
  },
};

/** The step that is this keyholder's now. */
async function step() {
  const input = await dataOf('input');
  if (input.step === 'cert') begin(input);
  else if (works[input.step]) show(secretForm(place.dataset.label, async (seed) => send(await works[input.step](input, seed))));
  if (input.key) await sayWords(input.key);
}

/** The first step: a new secret, saved twice before anything is sent. */
function begin(input) {
  show(el('form', { onsubmit: (event) => { event.preventDefault(); made(input); } }, button('Make my secret')));
}

async function made(input) {
  const seed = await newSeed(new Chance());
  const save = el('a', {
    class: 'nhsuk-button nhsuk-button--secondary', href: URL.createObjectURL(new Blob([`${seed}\n`], { type: 'text/plain' })), download: place.dataset.file,
  }, 'Save it as a file');
  const print = el('button', { class: 'nhsuk-button nhsuk-button--secondary', type: 'button', onclick: () => window.print() }, 'Print it');
  const heading = el('h2', { tabindex: '-1' }, 'This is your secret. Save it twice.');
  const work = async (saved) => {
    if (saved !== seed) throw new Error('this is not the secret above: choose the file that you just saved, or type what stands above');
    const member = await memberOf(groupNamed(input.group), seed);
    send(await makeCert(member, new Chance()));
  };
  show(
    el('div', { class: 'cw-panel' }, heading,
      p(`${place.dataset.title}, keyholder ${input.number} of ${input.trustees}`),
      el('p', { class: 'cw-secret' }, inGroups(seed)), drawing(qrCode(seed), 'Your secret as a QR code'),
      p('Whoever has it can act as you. If you lose it, your part of the key is lost. Nobody can give it to you again, not even we.')),
    el('div', { class: 'cw-print-off' },
      el('h2', {}, 'First copy: a file'),
      p('On a USB stick that you keep in a locked place. Not on a shared drive, and not in your e-mail.'), save,
      el('h2', {}, 'Second copy: paper'),
      p('Print it, or write it down, and keep the paper in another locked place.'), print),
    secretForm('I have saved it twice: send my certificate', work, el('h2', {}, 'Try what you saved')),
  );
  // On paper the secret stands alone.
  for (const other of place.parentElement.children) if (other !== place) other.classList.add('cw-print-off');
  place.querySelector('form').classList.add('cw-print-off');
  heading.focus();
}

/** The words of a finished key, all of which is checked here first. They take the place of those that the server worked out. */
async function sayWords({ group, trustees }) {
  await readKey(groupNamed(group), trustees);
  const words = await wordsOfKey(trustees);
  document.getElementById('key-words').replaceChildren(
    el('ol', { class: 'cw-key-words' }, words.map((word) => el('li', {}, word))), p('Your device has checked the key and worked these words out itself.'),
  );
}

async function finishedKey() { await sayWords((await dataOf('input')).key); }

// Opening votes.

async function open() {
  const part = await dataOf('part');
  const election = await readElection(await bytesOf('election'));
  const tally = await textOf('tally');
  const key = await readKey(election.group, part.trustees);
  if (!election.group.same(election.key.base, key.element)) throw new Error('this election is not locked with the key that you made: open nothing, and tell the returning officer and the other keyholders');
  const lists = readTally(election, tally);
  const name = await nameOf(tally);
  const again = wasOpened(localStorage, election, name);
  const work = async (seed, say) => {
    const share = await shareIn(key, election.group, part.number, seed, part.sealed);
    noteOpened(localStorage, election, name);
    send(await decrypt(election, lists, share, new Chance(), async (done, all) => {
      if (done % 5 === 0 || done === all) await say(`Opened ${done} of ${all} on this device.`);
    }));
  };
  show(
    el('h2', { id: 'locked-votes' }, 'The locked votes in four words'),
    fourWordsOf(fourWords(await sha256(tally)), 'locked-votes'),
    el('p', { class: 'cw-small cw-key-hash' }, 'SHA-256 ', el('span', { class: 'cw-mono' }, name)),
    p('Ring another keyholder, or somebody who keeps a mirror of the board. Go on only if they have the same words.'),
    p(`The election in four words: ${wordsOfTracker(election.fingerprint)}. They are the same as on the board and in every voter’s booth.`),
    again && p('You opened these votes on this device before. Opening them again gives nothing more away.'),
    secretForm('Open my part of the votes', work),
  );
}

const pages = { step, key: finishedKey, open };

async function main() {
  place.ariaBusy = 'true'; // until all that the page draws by itself is there
  try {
    await pages[place.dataset.keyholder]();
  } catch (error) {
    problem(error);
  }
  place.ariaBusy = null;
}

if (place !== null) main();
