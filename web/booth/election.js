// The election as its file says; docs/design/ballots.md, section 3.

import { fingerprint } from './digest.js';
import { groupNamed, publicKey } from './group.js';

const base58 = /^[1-9A-HJ-NP-Za-km-z]{14,64}$/;

/**
 * Reads the bytes of an election. They are hashed as they came: the fingerprint goes into every proof, so that a ballot for
 * this file is a ballot for no other. Compare it with the one in the notice of the poll.
 */
export async function readElection(bytes) {
  const file = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  if (file.version !== 1) throw new Error('this booth knows version 1 of the protocol');
  if (!base58.test(text(file.uuid))) throw new Error('the election has no proper identifier');
  const group = groupNamed(file.group);
  if (!Array.isArray(file.questions) || file.questions.length === 0) throw new Error('the election has no question');
  return {
    fingerprint: await fingerprint(bytes),
    uuid: file.uuid,
    name: text(file.name),
    description: text(file.description),
    group,
    key: publicKey(group, file.public_key),
    questions: file.questions.map((q) => readQuestion(group, q)),
    lastCounts: file.commonweal?.revote !== 'first-counts', // of several ballots of one voter
  };
}

/** width is how many numbers answer the question: one for each answer, after one for a blank vote where that is admitted. */
function readQuestion(group, q) {
  if (q.type !== undefined) {
    if (q.type !== 'NonHomomorphic') throw new Error('this booth does not know that kind of question');
    const { answers, question } = q.value;
    if (answers.length > group.encodeLimit) throw new Error(`${group.name} cannot hold a ranking of ${answers.length}`);
    return { ranked: true, title: text(question), answers: texts(answers), blank: false, width: answers.length };
  }
  const { min, max } = q;
  const answers = texts(q.answers);
  const blank = q.blank === true;
  const sound = Number.isInteger(min) && Number.isInteger(max) && min >= 0 && min <= max && max >= 1 && max <= answers.length;
  if (!sound) throw new Error(`from ${min} to ${max} of ${answers.length} answers cannot be chosen`);
  return { ranked: false, title: text(q.question), answers, blank, min, max, width: answers.length + (blank ? 1 : 0) };
}

function text(value) {
  if (typeof value !== 'string') throw new Error('a text of the election is missing');
  return value;
}

function texts(values) {
  if (!Array.isArray(values) || values.length === 0) throw new Error('a question has no answers');
  return values.map(text);
}
