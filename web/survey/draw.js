// Fetching a one-time pass. The server writes the page and says of this survey its key, the hash of its notice, and whether the
// visitor has fetched a pass before; the pass is made here (blind.js), and what is sent of it shows nothing.
//
// Before anything is sent, what undoes the blinding is kept on the device: if the answer is lost, the same is asked again, for
// which the register gives the same signature. Another it would refuse. Once the pass is there, that is forgotten.

import { button, el, p, plainButton, problem } from '../booth/page/element.js';
import { begin, finish, fromBase64, fromHex, readKey, toHex } from './blind.js';
import { add, forget, keep, kept, list, save } from './device.js';

const root = document.getElementById('pass');
const { wave, keyHash, noticeHash, me, action, notice, answers, file } = root.dataset;
const drawing = `drawing.${me}`;
const drawn = root.dataset.drawn !== undefined;

function show(heading, ...children) {
  for (const old of document.querySelectorAll('.nhsuk-error-summary')) old.remove();
  const title = el('h2', { tabindex: '-1' }, heading);
  root.replaceChildren(title, ...children.flat().filter(Boolean));
  return title;
}

const painted = () => new Promise((then) => { requestAnimationFrame(() => setTimeout(then)); });

/** The key, if it is the one of the notice and the notice is the one of this page: the address of both is in the record and in the message. */
async function checkedKey() {
  const key = await readKey(fromBase64(root.dataset.key), keyHash);
  const response = await fetch(notice, { credentials: 'omit' });
  const text = new Uint8Array(await response.arrayBuffer());
  const hash = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', text)));
  if (!response.ok || hash !== noticeHash) throw new Error('The notice of the survey is not the one that this page names. Nothing was sent. Tell the engagement lead.');
  const said = JSON.parse(new TextDecoder().decode(text));
  if (said.key_sha256 !== keyHash || said.wave !== wave) throw new Error('The key of this page is not the one in the notice of the survey. Nothing was sent. Tell the engagement lead.');
  return key;
}

async function draw(pressed) {
  pressed.disabled = true;
  const status = el('p', { role: 'status' }, 'Making your pass. This takes a moment.');
  root.append(status);
  await painted();
  try {
    const key = await checkedKey();
    let pending = kept(drawing, wave);
    if (pending === null) {
      ({ pending } = await begin(key, wave));
      if (!keep(drawing, wave, pending)) throw new Error('This browser keeps nothing between visits, so a pass made here would be lost. Use another browser, or ask for a paper slip.');
    }
    const pass = await finish(key, pending, await signed(pending.blinded));
    if (!add('pass', wave, pass)) save(file, words(pass)); // the browser kept what is smaller a moment ago
    forget(drawing, wave);
    here(pass).focus();
  } catch (error) {
    status.remove();
    pressed.disabled = false;
    problem(error.code === undefined ? error.message : refused(error));
  }
}

const refused = (error) => ({
  browser: 'This browser makes no passes on a page that is not reached over https. Ask for a paper slip, and tell whoever runs the server.',
  forged: 'What we answered was not signed with the key of the survey. Nothing is lost: try again, and if it stays so, tell the engagement lead.',
})[error.code] ?? `The key of this survey is not as it should be, so nothing was sent: ${error.message}. Tell the engagement lead.`;

/** Sends what is blinded and returns the signature on it. */
async function signed(blinded) {
  let response;
  let answer = {};
  try {
    response = await fetch(action, {
      method: 'POST', credentials: 'same-origin', redirect: 'manual', headers: { Accept: 'application/json' }, body: new URLSearchParams({ blinded }),
    });
    if (response.headers.get('Content-Type')?.includes('json')) answer = await response.json();
  } catch {
    throw new Error('We could not be reached. Try again when you have signal: you get the same pass then, and no second one.');
  }
  if (response.type === 'opaqueredirect' || response.status === 401) throw new Error('You are not signed in any more. Sign in, come back to this page, and you get the same pass.');
  if (response.status === 409) forget(drawing, wave); // another was signed, or none is any more: this one is of no use
  if (!response.ok) throw new Error(answer.message ? `${answer.message[0].toUpperCase()}${answer.message.slice(1)}` : `The server answered ${response.status}. You have no pass yet.`);
  return fromHex(answer.signature);
}

const words = (pass) => `Your one-time pass for this survey. It lets its bearer answer once. Keep it to yourself until you have answered.\n\n${pass}\n`;

/** What can be done with a pass that is here. */
function here(pass) {
  const others = list('pass', wave).length - 1;
  const target = root.dataset.elsewhere === undefined ? answers : `${answers}#${pass}`;
  return show('Your pass is on this device',
    p('It has our stamp and no name. We never saw it, so nobody can tell later that it was yours.'),
    others > 0 && p('Somebody else who uses this browser has left a pass here too. One is as good as the other; each lets one person answer.'),
    el('div', { class: 'cw-actions nhsuk-u-margin-bottom-5' },
      el('a', { class: 'nhsuk-button', href: target, rel: 'noreferrer' }, 'Answer the survey'),
      plainButton('Save the pass as a file', () => save(file, words(pass)))),
    el('h3', {}, 'Better: answer later'),
    p('Sign out first, and answer tomorrow, or from another place: save the pass as a file and take it with you. Then not even somebody who watches both doors can tell that the one who fetched a pass and the one who answered are the same.'),
    el('h3', {}, 'If you share this device'),
    p('Save the pass as a file, then ', plainButton('forget the pass on this device', (event) => forgetPasses(event.currentTarget)), '. Whoever has a pass can answer with it, once.'));
}

function forgetPasses(pressed) {
  if (pressed.dataset.sure === undefined) {
    pressed.dataset.sure = '';
    pressed.textContent = 'press again to forget it: without a copy you cannot answer any more';
    return;
  }
  forget('pass', wave);
  show('The pass is not on this device any more', p('If you have it as a file, choose that file on the last page of the survey.'),
    p(el('a', { href: answers, rel: 'noreferrer' }, 'The pages where it is answered'))).focus();
}

function start() {
  const mine = list('pass', wave);
  const pending = kept(drawing, wave);
  if (drawn && pending === null && mine.length > 0) {
    here(mine.at(-1));
  } else if (drawn && pending === null) {
    show('You have fetched your pass', p('It is in the browser in which you fetched it, or in the file that you saved there, or it is used. We cannot tell which, and cannot give a second one: nobody knows which pass is yours, so the first could not be stopped.'),
      p('If you have the file, choose it on the last page of the survey.'),
      el('div', { class: 'cw-actions nhsuk-u-margin-bottom-5' }, el('a', { class: 'nhsuk-button', href: answers, rel: 'noreferrer' }, 'Answer the survey')));
  } else {
    show(pending === null ? 'Get your pass' : 'Finish fetching your pass',
      p('It is made in this browser. We put our stamp on it without seeing what is inside, and write down that you have one.'),
      mine.length > 0 && p('There is a pass here already, of somebody else who uses this browser. Yours is kept beside it.'),
      el('div', { class: 'cw-actions nhsuk-u-margin-bottom-5' }, button('Get your pass', (event) => draw(event.currentTarget))));
  }
}

start();
