// Opens a spoilt ballot on a second device: what the first one shows as a QR code comes behind the # of the address.

import { el, fourWordsOf, p, show } from './element.js';
import { electionOfOpening, readOpening } from '../opening.js';
import { fetchElection } from './board.js';
import { openSpoilt } from '../check.js';
import { wordsOfTracker } from '../words.js';

/** What the numbers of an answer say. */
function answersOf(question, values) {
  if (question.ranked) {
    const placed = question.answers.map((answer, i) => ({ answer, place: values[i] })).filter(({ place }) => place > 0);
    if (placed.length === 0) return p('Nobody is ranked.');
    placed.sort((a, b) => a.place - b.place);
    return el('ul', { class: 'nhsuk-list' }, placed.map(({ answer, place }) => el('li', {}, `${place}. ${answer}`)));
  }
  if (question.blank && values[0] === 1) return p('The ballot is left blank.');
  const chosen = question.answers.filter((_, i) => values[i + (question.blank ? 1 : 0)] === 1);
  return chosen.length === 0 ? p('None of the answers.') : el('ul', { class: 'nhsuk-list nhsuk-list--bullet' }, chosen.map((answer) => el('li', {}, answer)));
}

async function start() {
  const text = location.hash.slice(1);
  if (text === '') {
    show('', 'Test a lock', p('The polling booth can show a locked ballot as a square to scan, instead of casting it. Scan it with this device: it opens this page and shows what is in the ballot.'));
    return;
  }
  try {
    const { election, list } = await fetchElection(electionOfOpening(text));
    const { tracker, opening } = readOpening(election, list, text);
    const values = await openSpoilt(election, tracker, opening);
    show(election.name, 'The ballot opens',
      p('This device locked the same answers again and got the same ballot. If words and answers are those on the first device, its lock is sound.'),
      el('div', { class: 'cw-receipt' }, el('div', {}, el('h2', { class: 'nhsuk-u-margin-top-0', id: 'tracker' }, 'Its four words'), fourWordsOf(wordsOfTracker(tracker), 'tracker'))),
      election.questions.map((question, i) => el('div', { class: 'cw-card' }, el('h2', {}, question.title), answersOf(question, values[i]))),
      p(`The election is ${wordsOfTracker(election.fingerprint)}. The notice of poll has the same four words.`));
  } catch (error) {
    show('', 'The ballot does not open', p(`${error.message}. If the first device shows words and answers for this square, do not vote on it, and tell the returning officer.`));
  }
}

addEventListener('hashchange', start);
start();
