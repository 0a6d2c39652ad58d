// Locking a vote: encrypting, proving that it is what the questions ask, and signing; docs/design/ballots.md, sections 3 and 4.
//
// values holds a list for each question. A question with choices takes 0 or 1 for each answer, after one number that is 1 for
// a blank vote where that is admitted. A ranked question takes a number from 0 to 255 for each answer.

import { fingerprint } from './digest.js';
import { proveKnowledge, proveOneOf, written } from './proof.js';
import { modulo } from './number.js';

/** Makes the ballot and returns {text, tracker, signature}: what is sent, what to look for on the board, and its last field. */
export async function lock(election, credential, values, chance) {
  const answers = await lockAnswers(election, credential.text, values, chance);
  const hash = await fingerprint(ballotText(election, credential.text, answers));
  const proof = await proveKnowledge(election.group, credential.secret, await chance.below(election.group.q), `sig|${hash}`);
  const signature = { hash, proof: written(proof) };
  const text = ballotText(election, credential.text, answers, signature);
  return { text, tracker: await fingerprint(text), signature };
}

/** The one text of a ballot, with its signature or, for hashing, without. */
export function ballotText(election, credential, answers, signature) {
  return JSON.stringify({
    election_uuid: election.uuid, election_hash: election.fingerprint, credential, answers, signature,
  });
}

/** What every proof of a ballot begins with, so that it holds in this election and for this voter alone. */
export function prefixOf(election, credential) { return `${election.fingerprint}|${credential}`; }

/** The encrypted answers with their proofs, as they stand in the ballot. */
export async function lockAnswers(election, credential, values, chance) {
  if (values.length !== election.questions.length) throw new Error('not one answer for each question');
  const prefix = prefixOf(election, credential);
  const answers = [];
  for (const [i, question] of election.questions.entries()) {
    const make = question.ranked ? lockRanking : lockChoices;
    answers.push(await make(election, question, prefix, values[i], chance));
  }
  return answers;
}

/** One ciphertext of all numbers, and a proof that whoever made it knows its randomness: nobody can copy another's. */
async function lockRanking(election, question, prefix, values, chance) {
  const { group } = election;
  if (values.length !== question.width) throw new Error('not a number for each answer');
  const encoded = group.encode(values);
  const random = await chance.below(group.q);
  const nonce = await chance.below(group.q);
  const choices = pair(group, {
    alpha: group.generator.power(random),
    beta: group.times(election.key.power(random), encoded),
  });
  const proof = await proveKnowledge(group, random, nonce, rankingPrefix(election, prefix, choices));
  return { choices, proof: written(proof) };
}

export function rankingPrefix(election, prefix, { alpha, beta }) {
  return `raweg|${prefix}|${election.group.text(election.key.base)},${alpha},${beta}`;
}

/** A ciphertext for each number, a proof for each that it is 0 or 1, and what the sum must be. */
async function lockChoices(election, question, prefix, values, chance) {
  checkChoices(question, values);
  const { group } = election;
  const parts = [];
  const choices = [];
  const individual = [];
  for (const value of values) {
    const part = await encrypt(election, value, chance);
    const written = pair(group, part);
    parts.push(part);
    choices.push(written);
    individual.push(await proveOneOf(election, chance, intervalPrefix(prefix, written), interval(part, 0, 1)));
  }
  const all = choicesPrefix(prefix, choices);
  const first = question.blank ? parts[0] : null;
  const total = sum(group, question.blank ? parts.slice(1) : parts);
  const range = interval(total, question.min, question.max);
  let blank;
  let overall;
  if (first === null) {
    overall = await proveOneOf(election, chance, intervalPrefix(all, pair(group, total)), range);
  } else {
    const isBlank = first.value === 1;
    blank = await proveOneOf(election, chance, `bproof0|${all}`, [alternative(first, 0, !isBlank), alternative(total, 0, isBlank)]);
    // With a minimum of 0 a blank vote meets two alternatives. Only the first is proved.
    const others = range.map((a) => ({ ...a, real: a.real && !isBlank }));
    overall = await proveOneOf(election, chance, `bproof1|${all}`, [alternative(first, 1, isBlank), ...others]);
  }
  return {
    choices,
    individual_proofs: individual.map((proofs) => proofs.map(written)),
    overall_proof: overall.map(written),
    blank_proof: blank?.map(written),
  };
}

/** Refuses what the question does not admit. */
export function checkChoices(question, values) {
  if (values.length !== question.width) throw new Error('not a number for each answer');
  if (values.some((v) => v !== 0 && v !== 1)) throw new Error('a number is neither 0 nor 1');
  const chosen = values.slice(question.blank ? 1 : 0).reduce((a, b) => a + b, 0);
  if (question.blank && values[0] === 1) {
    if (chosen > 0) throw new Error('a blank vote chooses nothing');
  } else if (chosen < question.min || chosen > question.max) {
    throw new Error(`${chosen} chosen, not from ${question.min} to ${question.max}`);
  }
}

/** (g^ρ, y^ρ g^m), with ρ and m, which the proofs need. */
async function encrypt({ group, key }, value, chance) {
  const random = await chance.below(group.q);
  const blind = key.power(random);
  return {
    alpha: group.generator.power(random),
    beta: group.times(blind, value === 1 ? group.generator.base : group.identity),
    random, value,
  };
}

/** The encryption of the sum. */
function sum(group, parts) {
  return parts.reduce((a, b) => ({
    alpha: group.times(a.alpha, b.alpha), beta: group.times(a.beta, b.beta), random: modulo(a.random + b.random, group.q), value: a.value + b.value,
  }));
}

/** The claim that a ciphertext encrypts m, as proveOneOf wants it. */
function alternative(part, m, real) { return { random: part.random, excess: part.value - m, real }; }

/** The claim that it encrypts one of from to to. */
function interval(part, from, to) {
  const claims = [];
  for (let m = from; m <= to; m++) claims.push(alternative(part, m, part.value === m));
  return claims;
}

export function intervalPrefix(prefix, { alpha, beta }) { return `prove|${prefix}|${alpha},${beta}`; }

/** What the proofs about all choices together begin with. */
export function choicesPrefix(prefix, choices) { return `${prefix}|${choices.map(({ alpha, beta }) => `${alpha},${beta}`).join(',')}`; }

/** A ciphertext as it is written. */
export function pair(group, { alpha, beta }) { return { alpha: group.text(alpha), beta: group.text(beta) }; }
