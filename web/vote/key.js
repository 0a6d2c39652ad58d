// Making the voting key in this browser, or bringing it here from another one. The server writes the page: what the key is
// for, the group, and the public part of the key that it has of this voter. The secret part is made here and is never sent.
//
// Before the public part is sent the secret is kept as commonweal.key.UUID.new, and takes its place as commonweal.key.UUID
// (which the booth reads) when the server has it. If the answer is lost, the next visit sees by the public part which it was.

import { Chance } from '../booth/random.js';
import { button, drawing, el, p, plainButton, problem } from '../booth/page/element.js';
import { credentialFromText, newCredential } from '../booth/credential.js';
import { groupNamed } from '../booth/group.js';
import { qrCode } from '../booth/qr.js';

const root = document.getElementById('voting-key');
const { uuid, held, how, open, action, carry, done, file } = root.dataset;
const group = groupNamed(root.dataset.group);
const place = `commonweal.key.${uuid}`;
const waiting = `${place}.new`;

function read(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Keeps, or with null forgets, and says whether the browser does so. */
function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
    return read(name) === value;
  } catch {
    return false;
  }
}

/** The public part of a secret as it is kept, '' where that is none. */
function publicOf(secret) {
  try {
    return secret === null ? '' : credentialFromText(group, secret).text;
  } catch {
    return '';
  }
}

function show(heading, ...children) {
  for (const old of document.querySelectorAll('.nhsuk-error-summary')) old.remove(); // what was wrong is put right
  const title = el('h2', { tabindex: '-1' }, heading);
  root.replaceChildren(title, ...children.flat().filter(Boolean));
  return title;
}

/** Lets the browser draw before it computes. */
const drawn = () => new Promise((then) => { requestAnimationFrame(() => setTimeout(then)); });

/** Makes a key, sends its public part, and keeps it once the server has it. */
async function make(pressed) {
  pressed.disabled = true;
  const status = el('p', { role: 'status' }, 'Making your key. This takes a moment.');
  root.append(status);
  await drawn();
  try {
    const credential = await newCredential(group, new Chance());
    const secret = String(credential.secret);
    if (!keep(waiting, secret)) throw new Error('This browser keeps nothing between visits, so a key made here would be lost. Use another browser, or wait for the code from the registrar.');
    await send(credential.text);
    keep(place, secret);
    keep(waiting, null);
    location.assign(done);
  } catch (error) {
    status.remove();
    pressed.disabled = false;
    problem(error.message);
  }
}

/** Sends the public part. What is answered has to be the same. */
async function send(text) {
  let response;
  let answer = {};
  try {
    response = await fetch(action, {
      method: 'POST', credentials: 'same-origin', redirect: 'manual', headers: { Accept: 'application/json' }, body: new URLSearchParams({ public: text }),
    });
    if (response.headers.get('Content-Type')?.includes('json')) answer = await response.json();
  } catch {
    throw new Error('We could not be reached. Try again when you have signal; your key is not in use yet.');
  }
  if (response.type === 'opaqueredirect' || response.status === 401) throw new Error('You are not signed in any more. Sign in, come back to this page and make your key.');
  if (!response.ok || answer.public !== text) {
    keep(waiting, null);
    throw new Error(answer.message ?? `The server answered ${response.status}. Your key is not in use.`);
  }
}

function save(secret) {
  const address = URL.createObjectURL(new Blob([`${secret}\n`], { type: 'text/plain' }));
  el('a', { href: address, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The secret in few letters and digits, for a QR code; and back. */
const shorter = (secret) => BigInt(secret).toString(36);
const longer = (text) => String([...text].reduce((n, c) => n * 36n + BigInt(parseInt(c, 36)), 0n));

function details(summary, ...children) {
  return el('details', { class: 'nhsuk-details' },
    el('summary', { class: 'nhsuk-details__summary' }, el('span', { class: 'nhsuk-details__summary-text' }, summary)),
    el('div', { class: 'nhsuk-details__text' }, ...children));
}

/** What can be done with a key that is here. */
function here(secret) {
  const address = `${new URL(carry, location.href).href}#${shorter(secret)}`;
  return show('Your voting key is in this browser',
    p('Vote in this browser, and the booth finds the key by itself. If you clear the browser’s data the key is gone, so keep the file as well.'),
    el('div', { class: 'cw-actions nhsuk-u-margin-bottom-5' }, button('Save the key as a file', () => save(secret))),
    details('Carry it to your phone', p('Scan this with the phone on which you want to vote. Show it to nobody: whoever has it, and can sign in as you, can vote for you.'),
      p(drawing(qrCode(address), 'QR code that carries your voting key to another device'))),
    open && p(plainButton('Make another key in its place', (event) => make(event.currentTarget))));
}

/** The server has a key that was made elsewhere, or a code. */
function elsewhere() {
  if (how !== 'enrolled') {
    show('A code was made for you', p('It comes from the registrar, and you type it in the booth.'),
      open && p('You can make a key in this browser in place of the code. The code then stops working.'),
      open && el('div', { class: 'cw-actions nhsuk-u-margin-bottom-5' }, button('Make my voting key', (event) => make(event.currentTarget))));
    return;
  }
  const input = el('input', { class: 'nhsuk-file-upload', id: 'key-file', type: 'file', accept: '.txt,text/plain' });
  const bring = async (event) => {
    event.preventDefault();
    const [saved] = input.files;
    const secret = saved === undefined ? null : (await saved.text()).trim();
    if (secret === null) problem('Choose the file first.', 'key-file');
    else if (publicOf(secret) !== held) problem('This is not the file of the key that you use for this vote. It may be for another vote, or you have made a newer key.', 'key-file');
    else if (!keep(place, secret)) problem('This browser keeps nothing between visits. Choose the file in the booth instead.', 'key-file');
    else here(secret).focus();
  };
  show('Your voting key is in another browser',
    p('You made it, and this browser does not have it. Vote in the browser where you made it, or bring the file that you saved.'),
    el('form', { onsubmit: bring, novalidate: true },
      el('div', { class: 'nhsuk-form-group' }, el('label', { class: 'nhsuk-label nhsuk-label--s', for: 'key-file' }, 'The file with your key'), input),
      el('div', { class: 'cw-actions nhsuk-u-margin-bottom-5' }, button('Bring it here'))),
    open && p(plainButton('Make a new key in this browser', (event) => make(event.currentTarget)), '. The other one then stops working.'));
}

/** The page that a QR code opens: it takes the key from the address, where it does not stay. */
function carried() {
  const text = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  const secret = /^[0-9a-z]{1,400}$/.test(text) ? longer(text) : null;
  if (publicOf(secret) === '') {
    show('There is no key in this address', p('Scan the square on the other device again.'));
    return;
  }
  const before = read(place);
  if (before === secret) {
    show('The key is on this device', el('div', { class: 'cw-actions nhsuk-u-margin-bottom-5' }, el('a', { class: 'nhsuk-button', href: done }, 'Go to the vote')));
    return;
  }
  const take = () => {
    if (keep(place, secret)) show('The key is on this device', el('div', { class: 'cw-actions nhsuk-u-margin-bottom-5' }, el('a', { class: 'nhsuk-button', href: done }, 'Go to the vote'))).focus();
    else problem('This browser keeps nothing between visits. Save the key as a file on the other device, and choose it in the booth here.');
  };
  show('Keep your voting key on this device?',
    p('Do so only if you have just scanned it yourself, on a device of your own.'),
    before !== null && p('There is another key for this vote on this device. It is replaced.'),
    el('div', { class: 'cw-actions nhsuk-u-margin-bottom-5' }, button('Keep it here', take)));
}

function start() {
  if (carry === undefined) {
    addEventListener('hashchange', () => location.reload());
    carried();
    return;
  }
  const made = read(waiting);
  if (made !== null && publicOf(made) === held) keep(place, made);
  if (made !== null) keep(waiting, null);
  const secret = read(place);
  if (held !== '' && publicOf(secret) === held) here(secret);
  else if (held !== '') elsewhere();
  else if (open) {
    show('Make your voting key',
      p('It is made in this browser and stays here. We get the part that shows that a vote is signed with it, and cannot vote with that.'),
      el('div', { class: 'cw-actions nhsuk-u-margin-bottom-5' }, button('Make my voting key', (event) => make(event.currentTarget))));
  }
}

start();
