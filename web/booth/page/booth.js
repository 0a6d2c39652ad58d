// The booth's pages, one after the other: the key, the questions, checking, casting, the receipt. The address names the
// election behind its #, which is not sent to the server: #uuid, or #uuid.fingerprint as a notice of poll can print it.

import { NotTaken, fetchElection, send } from './board.js';
import { Visit } from '../visit.js';
import { button, drawing, el, fourWordsOf, p, plainButton, problem, seal, show } from './element.js';
import { credentialFromCode, credentialFromText } from '../credential.js';
import { fieldsFor, instruction, summary } from './marks.js';
import { marksFor } from '../choice.js';
import { qrCode } from '../qr.js';
import { wordsOfTracker } from '../words.js';
import { writeOpening } from '../opening.js';

const stages = ['Choose', 'Check', 'Cast'];

class Booth {
  constructor(election, list) {
    this.election = election;
    this.list = list;
    this.visit = new Visit(election, localStorage);
    this.forget();
  }

  begin() {
    if (this.visit.receipt !== null) this.receipt();
    else if (this.visit.waiting) this.locked('Your vote is locked and waits on this device');
    else this.key();
  }

  show(heading, ...children) { return show(this.election.name, heading, ...children); }

  /** The three stages, at being the one that the voter is in, 3 when all are done. */
  steps(at) {
    return el('ol', { class: 'cw-steps' }, stages.map((name, i) => (i < at
      ? el('li', { class: 'done' }, name, el('span', { class: 'nhsuk-u-visually-hidden' }, ' done'))
      : el('li', { 'aria-current': i === at ? 'step' : null }, name))));
  }

  // The key: held by this device, typed as a code, or saved in a file.

  async key() {
    const { group, uuid } = this.election;
    const held = heldKey(uuid);
    if (held !== null && this.accept(() => credentialFromText(group, held))) return this.question(0);
    const input = el('input', {
      class: 'nhsuk-input nhsuk-input--width-20', id: 'code', type: 'text', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', 'aria-describedby': 'code-hint',
    });
    const file = el('input', { class: 'nhsuk-input', id: 'file', type: 'file', accept: '.txt,text/plain' });
    const enter = async (event) => {
      event.preventDefault();
      try {
        const [saved] = file.files;
        const credential = saved === undefined || input.value.trim() !== ''
          ? await credentialFromCode(group, uuid, input.value) : credentialFromText(group, (await saved.text()).trim());
        if (this.accept(() => credential)) this.question(0);
        else problem('This key is not on the list for this vote. Check that the letter is for this vote, and ask the registrar if it is.', 'code');
      } catch (error) {
        problem(input.value.trim() === '' && file.files.length === 0 ? 'Type the code from your letter.' : `Check what you typed: ${error.message}.`, 'code');
      }
    };
    this.show('Your voting code',
      p('The code signs your vote, so that nobody else can vote in your place. It stays on this device.'),
      el('form', { onsubmit: enter, novalidate: true },
        el('div', { class: 'nhsuk-form-group' },
          el('label', { class: 'nhsuk-label', for: 'code' }, 'Code'),
          el('div', { class: 'nhsuk-hint', id: 'code-hint' }, 'Fifteen letters and numbers, as in your letter. Capitals matter, dashes do not.'), input),
        el('details', { class: 'nhsuk-details' },
          el('summary', { class: 'nhsuk-details__summary' }, el('span', { class: 'nhsuk-details__summary-text' }, 'I saved a key file instead')),
          el('div', { class: 'nhsuk-details__text' }, el('label', { class: 'nhsuk-label', for: 'file' }, 'Key file'), file)),
        button('Continue')));
  }

  accept(read) {
    try {
      const credential = read();
      if (!this.list.includes(credential.text)) return false;
      this.credential = credential;
      return true;
    } catch {
      return false;
    }
  }

  question(i) {
    const question = this.election.questions[i];
    const marks = this.marks[i];
    const next = () => (i + 1 < this.marks.length ? this.question(i + 1) : this.review());
    const check = (event) => {
      event.preventDefault();
      const first = question.ranked ? `answer-${marks.rest[0]}` : 'answer-0';
      if (marks.problem === null) next();
      else if (question.ranked) problem('You have not ranked anybody. Add your first choice, or leave your ballot blank.');
      else problem(`${marks.chosen.size === 0 ? 'You have chosen nothing' : `You have chosen ${marks.chosen.size}`}. ${instruction(question)}`, first);
    };
    const several = this.marks.length > 1 && p(`Question ${i + 1} of ${this.marks.length}.`);
    this.show(question.title, this.steps(0), several, el('p', { id: 'hint' }, instruction(question)),
      el('form', { onsubmit: check, novalidate: true },
        fieldsFor(question, marks),
        seal(p(el('b', {}, 'Nothing has left your device yet.'), ' When you lock your vote, it is locked here before it is sent. We hold no key that opens a single ballot.')),
        el('div', { class: 'cw-actions' }, button(i + 1 < this.marks.length ? 'Next question' : 'Check my vote'),
          question.ranked && plainButton('Leave my ballot blank', () => { marks.leaveBlank(true); next(); }),
          i > 0 && plainButton('Back', () => this.question(i - 1)))));
  }

  review() {
    const parts = this.election.questions.map((question, i) => el('div', { class: 'cw-card' },
      el('h2', {}, question.title), summary(question, this.marks[i]), p(plainButton(`Change this${this.marks.length > 1 ? ` answer (question ${i + 1})` : ''}`, () => this.question(i)))));
    this.show('Check your vote', this.steps(1), parts,
      el('h2', {}, 'Before you lock it'),
      el('ul', { class: 'nhsuk-list nhsuk-list--bullet' },
        el('li', {}, this.election.lastCounts
          ? 'You can vote again until voting closes. The rules of this election count your last vote.'
          : 'Once cast, a vote cannot be changed. The rules of this election count the first vote received.'),
        el('li', {}, 'Your name goes on the list of those who voted. What you chose does not.'),
        el('li', {}, 'If the signal drops, your locked vote waits on this device and you can send it again.'),
        el('li', {}, `This ballot is for the election `, el('b', {}, wordsOfTracker(this.election.fingerprint)), '. The notice of poll has the same four words.')),
      el('div', { class: 'cw-actions' }, button('Lock my vote', () => this.lock())));
  }

  async lock() {
    this.show('Locking your vote', el('p', { role: 'status' }, 'This takes a moment. Stay on this page.'));
    await new Promise((drawn) => { requestAnimationFrame(() => setTimeout(drawn)); });
    try {
      const kept = await this.visit.lock(this.credential, this.marks.map((marks) => marks.values));
      this.locked('Your vote is locked', kept);
    } catch (error) {
      fault(error, () => this.review());
    }
  }

  locked(heading, kept = true) {
    const fresh = this.visit.opening !== null;
    this.show(heading, this.steps(2),
      el('div', { class: 'cw-receipt' }, el('div', {},
        el('h2', { class: 'nhsuk-u-margin-top-0', id: 'tracker' }, 'Its four words'), fourWordsOf(wordsOfTracker(this.visit.kept.tracker), 'tracker'),
        p('They are the tracker of this ballot. You will find it by them on the public board.'))),
      seal(p(el('b', {}, 'It has not been sent yet.'), kept
        ? ' It waits on this device until we answer that we have it.'
        : ' This browser keeps nothing, so stay on this page until you see the receipt.')),
      el('div', { class: 'cw-actions' }, button('Cast my vote', (event) => this.cast(event.currentTarget)),
        fresh ? plainButton('Test the lock instead', () => this.spoil()) : plainButton('Throw it away and mark my vote again', () => { this.visit.spoil(); this.begin(); })));
  }

  async cast(pressed) {
    pressed.disabled = true;
    try {
      await this.visit.cast((text) => send(this.election.uuid, text));
      this.forget();
      this.receipt();
    } catch (error) {
      pressed.disabled = false;
      const safe = 'Your vote is locked and safe on this device.';
      if (!(error instanceof NotTaken)) problem(`${safe} The answer was not about your vote: ${error.message}. Keep this page and tell the returning officer.`);
      else if (error.why === 'signal') problem(`${safe} It has not reached us. Try again when you have signal; you do not have to mark it again.`);
      else if (error.why === 'signed-out') {
        problem(`${safe} It has not reached us, because you are not signed in. Sign in, come back to this page and cast it.`);
        document.querySelector('.nhsuk-error-summary__list').append(el('li', {}, el('a', { href: '/sign-in', target: '_blank' }, 'Sign in (opens a new tab)')));
      } else problem(`${safe} It was not taken: ${error.message}`);
    }
  }

  // Testing the lock: the ballot is opened on another device and never cast.

  spoil() {
    const spoilt = this.visit.spoil();
    const address = new URL(`check.html#${writeOpening(this.election, this.list, spoilt)}`, location.href.split('#')[0]).href;
    this.show('Test the lock on a second device',
      p('This ballot will not be cast. Scan the square with another device, or open the link there. It opens the ballot by itself and shows what is in it.'),
      el('div', { class: 'cw-receipt' }, el('div', {}, el('h2', { class: 'nhsuk-u-margin-top-0', id: 'tracker' }, 'It must show these words'), fourWordsOf(wordsOfTracker(spoilt.tracker), 'tracker'),
        p('and the answers below.'))),
      p(drawing(qrCode(address), 'QR code that opens this ballot on another device')),
      this.election.questions.map((question, i) => el('div', { class: 'cw-card' }, el('h2', {}, question.title), summary(question, this.marks[i]))),
      p(el('a', { href: address, target: '_blank' }, 'The link to open on the other device')),
      p('If the words or the answers differ, do not vote on this device, and tell the returning officer. Whoever sees this page sees how this test was marked.'),
      el('div', { class: 'cw-actions' }, button('Mark my vote again', () => this.question(0))));
  }

  forget() {
    this.credential = null;
    this.marks = this.election.questions.map(marksFor);
  }

  receipt() {
    const tracker = this.visit.receipt;
    const words = wordsOfTracker(tracker);
    const board = new URL(`/board/${this.election.uuid}#${tracker}`, location.href).href;
    const text = `${this.election.name}\n\nTracker: ${words}\nin full: ${tracker}\nboard: ${board}\n`;
    this.show('Your vote is cast', this.steps(3),
      el('p', { class: 'cw-sentence' }, 'It was locked on your device, and we have it.'),
      el('div', { class: 'cw-receipt' }, el('div', {},
        el('h2', { class: 'nhsuk-u-margin-top-0', id: 'tracker' }, 'Your tracker'), fourWordsOf(words, 'tracker'),
        p('Find these four words on the public board and you know your ballot is there, unaltered. They do not show how you voted, to anyone.'),
        el('div', { class: 'cw-actions cw-print-off' },
          button('Save this receipt', () => saveText('voting-receipt.txt', text)), el('a', { href: board }, 'Find it on the board'))),
      drawing(qrCode(board), 'QR code that opens your tracker on the public board')),
      el('details', { class: 'nhsuk-details' },
        el('summary', { class: 'nhsuk-details__summary' }, el('span', { class: 'nhsuk-details__summary-text' }, 'The tracker in full')),
        el('div', { class: 'nhsuk-details__text cw-break' }, el('code', {}, tracker))),
      this.election.lastCounts && p('Until voting closes your last vote is the one that counts.'),
      p(plainButton(this.election.lastCounts ? 'Vote again, or let somebody else vote here' : 'Let somebody else vote on this device', () => { this.visit.again(); this.begin(); })),
      p(el('a', { href: '/votes' }, 'Back to your votes')));
  }
}

/** The key that enrolling left on this device. */
function heldKey(uuid) {
  try {
    return localStorage.getItem(`commonweal.key.${uuid}`);
  } catch {
    return null;
  }
}

function saveText(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  el('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Something that should not happen; again is what can be done about it. */
function fault(error, again) {
  show('', 'The booth could not go on',
    p(`${error.message}. Nothing was sent. You can also vote on paper: ask the returning officer for a ballot paper.`),
    el('div', { class: 'cw-actions' }, button('Try again', again)));
}

async function start() {
  const [uuid, fingerprint] = location.hash.slice(1).replace(/%2B/gi, '+').replace(/%2F/gi, '/').split('.'); // as some mail programs write + and /
  if (!/^[1-9A-HJ-NP-Za-km-z]{14,64}$/.test(uuid)) {
    show('', 'Which vote?', p('This page was opened without naming a vote. ', el('a', { href: '/votes' }, 'Choose it from your votes.')));
    return;
  }
  try {
    if (!globalThis.crypto?.subtle) throw new Error('this browser locks votes only on pages whose address begins with https');
    const { election, list } = await fetchElection(uuid, fingerprint);
    new Booth(election, list).begin();
  } catch (error) {
    fault(error, start);
  }
}

addEventListener('hashchange', () => location.reload());
start();
