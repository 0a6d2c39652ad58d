// Making codes in the registrar's browser. The server says who needs one, by voter number; the codes are made here, printed and
// saved here, and only their public parts are sent. Nothing is kept in the browser: who leaves the page without saving begins
// again.

import { Chance } from '../booth/random.js';
import { button, el, p, plainButton, problem } from '../booth/page/element.js';
import { makeCodes, publicFile, readToDo, secretFile } from './codes.js';

const place = document.getElementById('make-codes');
const { work, names, send: address, done, file } = place.dataset;

/** Shows what is to be done now, in place of what was before, and brings the reader to its heading. */
function show(heading, ...children) {
  const title = el('h2', { tabindex: '-1' }, heading);
  place.replaceChildren(title, ...children.flat().filter(Boolean));
  title.focus();
}

/** Lets the browser draw. */
const drawn = () => new Promise((next) => { setTimeout(next, 0); });

const begin = (text) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.?]$/.test(text) ? '' : '.'}`;

async function fetched(from) {
  let response;
  try {
    response = await fetch(from, { credentials: 'same-origin', redirect: 'manual' });
  } catch {
    throw new Error('We could not be reached. Try again when you have signal.');
  }
  if (!response.ok) throw new Error('The list of those who need a code did not come. Load this page again, and sign in if it asks you to.');
  return response.text();
}

function ask() {
  const named = el('input', { class: 'nhsuk-checkboxes__input', id: 'with-names', type: 'checkbox' });
  const status = el('p', { role: 'status' });
  const act = button('Make the codes');
  const submit = async (event) => {
    event.preventDefault();
    act.disabled = true;
    try {
      const todo = readToDo(await fetched(named.checked ? names : work));
      const made = await makeCodes(todo, new Chance(), async (n, all) => {
        if (n % 5 !== 0 && n !== all) return;
        status.textContent = `Making codes on this device: ${n} of ${all}.`;
        await drawn();
      });
      ready(todo, made);
    } catch (error) {
      status.textContent = '';
      act.disabled = false;
      problem(begin(error.message));
    }
  };
  place.replaceChildren(el('form', { onsubmit: submit, novalidate: true, class: 'cw-form' },
    el('div', { class: 'nhsuk-form-group' }, el('div', { class: 'nhsuk-checkboxes', 'data-module': null },
      el('div', { class: 'nhsuk-checkboxes__item' }, named, el('label', { class: 'nhsuk-label nhsuk-checkboxes__label', for: 'with-names' }, 'Put names on the letters')),
    ), el('p', { class: 'nhsuk-hint' }, 'Without names a letter says only the voter’s number.')),
    act, status));
}

/** The letters as they are printed, each on a sheet of its own. On the screen they are not shown. */
function letters({ letter }, made) {
  return el('div', { class: 'cw-letters' }, made.map(({ voter, spare, weight, code, mark, name }) => el('article', { class: 'cw-letter' },
    p(letter.organisation), name && p(name),
    el('h2', {}, letter.title),
    p(voter ? `Voter ${voter}. Your code to vote with is:` : `Spare ${spare}. The code to vote with is:`),
    el('p', { class: 'cw-letter__code' }, code),
    el('ol', {}, letter.how.map((line) => el('li', {}, line))),
    letter.care.map((line) => p(line)), p(letter.signed),
    el('p', { class: 'cw-small' }, `Mark of this code: ${mark}${weight === 1 ? '' : `. It carries ${weight} votes`}`))));
}

function download(name, text) {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  el('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** The codes are there: they are saved and printed, and then the public parts are sent. */
function ready(todo, made) {
  let saved = false;
  const leaving = (event) => event.preventDefault();
  window.addEventListener('beforeunload', leaving);
  const state = el('p', { role: 'status' });
  const save = () => {
    download(`${file}.privcreds`, secretFile(todo, made));
    saved = true;
    state.textContent = 'The file of codes is saved. Keep it where nobody else can read it until the vote is over, and then delete it.';
  };
  const how = (value, text, checked) => el('div', { class: 'nhsuk-radios__item' },
    el('input', { class: 'nhsuk-radios__input', type: 'radio', name: 'how', id: `how-${value}`, value, checked }),
    el('label', { class: 'nhsuk-label nhsuk-radios__label', for: `how-${value}` }, text));
  const act = button('Send the public parts');
  const submit = async (event) => {
    event.preventDefault();
    if (!saved) {
      problem('Save the file of codes first. Once the public parts are sent no others can be made in their place.', 'save-codes');
      return;
    }
    act.disabled = true;
    try {
      const answer = await sent(publicFile(todo, made), new FormData(event.target).get('how'));
      window.removeEventListener('beforeunload', leaving);
      over(todo, made, answer);
    } catch (error) {
      act.disabled = false;
      problem(begin(error.message));
    }
  };
  const keep = el('button', { class: 'nhsuk-button nhsuk-button--secondary', type: 'button', id: 'save-codes', onclick: save }, 'Save the file of codes');
  show(`${made.length} codes are made`,
    p('They are in this page and nowhere else. Save them, print the letters, and then send the public parts.'),
    el('div', { class: 'cw-actions' }, keep, plainButton('Print the letters', () => window.print())), state,
    el('form', { onsubmit: submit, novalidate: true, class: 'cw-form cw-print-off' },
      el('fieldset', { class: 'nhsuk-fieldset' }, el('legend', { class: 'nhsuk-fieldset__legend nhsuk-fieldset__legend--s' }, 'How do members get their codes?'),
        el('div', { class: 'nhsuk-radios' }, how('printed', 'Printed, on paper', true), how('mailed', 'By mail from my own computer', false))),
      el('div', { class: 'cw-actions' }, act)));
  place.after(letters(todo, made));
}

/** Sends the public parts, and returns what became of them. */
async function sent(text, how) {
  const body = new FormData();
  body.set('how', how);
  body.set('file', new File([text], 'made-in-the-browser.codes.json', { type: 'application/json' }));
  let response;
  let answer = {};
  try {
    response = await fetch(address, { method: 'POST', credentials: 'same-origin', redirect: 'manual', headers: { Accept: 'application/json' }, body });
    if (response.headers.get('Content-Type')?.includes('json')) answer = await response.json();
  } catch {
    throw new Error('We could not be reached. The codes are still in this page: try again when you have signal.');
  }
  if (response.type === 'opaqueredirect' || response.status === 401) throw new Error('You are not signed in any more. Sign in in another tab, come back to this page, and send them again.');
  if (!response.ok) throw new Error(answer.message ?? `The server answered ${response.status}. The public parts were not taken.`);
  return answer;
}

/** Whoever made a key meanwhile needs no letter. */
function over(todo, made, { left_out: left = [] }) {
  const kept = made.filter(({ voter }) => !left.includes(voter));
  document.querySelector('.cw-letters').replaceWith(letters(todo, kept));
  show('The public parts are sent',
    p('They are in the record. Give out the letters, and keep the spares apart.'),
    left.length > 0 && p(`These voters need no code any more. Destroy their letters: ${left.join(', ')}.`),
    el('div', { class: 'cw-actions' }, el('a', { class: 'nhsuk-button', href: done }, 'See who has what'), plainButton('Print the letters', () => window.print())));
}

ask();
