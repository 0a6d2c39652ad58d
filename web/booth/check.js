// Checking a locked ballot: all that the server and every verifier check of it, from its text alone; and opening one that
// was spoilt. Whether the credential is listed and whether the ballot is the only one of it is not asked here.

import { fingerprint } from './digest.js';
import { publicKey, member, scalar } from './group.js';
import { knowledgeHolds, oneOfHolds } from './proof.js';
import { ballotText, choicesPrefix, intervalPrefix, lockAnswers, pair, prefixOf, rankingPrefix, written } from './ballot.js';
import { Chance, fromHex } from './random.js';

/** Checks form, election, membership, every proof and the signature, and returns {tracker, credential}. */
export async function checkBallot(election, text) {
  const { group, questions } = election;
  const ballot = JSON.parse(text);
  if (ballot.election_uuid !== election.uuid || ballot.election_hash !== election.fingerprint) throw new Error('the ballot is for another election');
  if (!Array.isArray(ballot.answers) || ballot.answers.length !== questions.length) throw new Error('the ballot has not one answer for each question');
  const answers = ballot.answers.map((a, i) => (questions[i].ranked ? readRanking : readChoices)(group, questions[i], a));
  const signature = { hash: ballot.signature.hash, proof: readProof(group, ballot.signature.proof) };
  const credential = group.powers(publicKey(group, ballot.credential));

  // A ballot has one legal text: what was read, written again.
  const again = answers.map((a) => a.written);
  if (text !== ballotText(election, ballot.credential, again, { hash: signature.hash, proof: written(signature.proof) })) {
    throw new Error('the ballot is not in its one legal form');
  }
  const prefix = prefixOf(election, ballot.credential);
  for (const [i, answer] of answers.entries()) await answer.check(election, questions[i], prefix, `answer ${i + 1}`);
  if (signature.hash !== await fingerprint(ballotText(election, ballot.credential, again))) throw new Error('the signature is of another ballot');
  must(await knowledgeHolds(group, credential, signature.proof, `sig|${signature.hash}`), 'the signature');
  return { tracker: await fingerprint(text), credential: ballot.credential };
}

/**
 * Opens a ballot that will not be cast, from {credential, values, seed, signature} and the tracker that was shown when it was
 * locked: locks the values again with the same seed, and compares. Returns the values.
 */
export async function openSpoilt(election, tracker, { credential, values, seed, signature }) {
  const answers = await lockAnswers(election, credential, values, new Chance(fromHex(seed)));
  const text = ballotText(election, credential, answers, signature);
  if (await fingerprint(text) !== tracker) throw new Error('what was locked is not what it was said to be');
  await checkBallot(election, text);
  return values;
}

function must(holds, what) {
  if (!holds) throw new Error(`${what} does not verify`);
}

function readProof(group, { challenge, response }) { return { challenge: scalar(group, challenge), response: scalar(group, response) }; }

function readProofs(group, list, length) {
  if (!Array.isArray(list) || list.length !== length) throw new Error('not the right number of proofs');
  return list.map((p) => readProof(group, p));
}

/** A ciphertext whose halves are members, with what makes their powers quick. */
function readPair(group, { alpha, beta }) {
  return { alpha: group.powers(member(group, alpha)), beta: group.powers(member(group, beta)) };
}

function writtenPair(group, { alpha, beta }) { return pair(group, { alpha: alpha.base, beta: beta.base }); }

function readRanking(group, question, answer) {
  const choices = readPair(group, answer.choices);
  const proof = readProof(group, answer.proof);
  const again = { choices: writtenPair(group, choices), proof: written(proof) };
  return {
    written: again,
    async check(election, _, prefix, where) {
      must(await knowledgeHolds(group, choices.alpha, proof, rankingPrefix(election, prefix, again.choices)), `${where}: the proof`);
    },
  };
}

function readChoices(group, question, answer) {
  const { blank, min, max, width } = question;
  if (!Array.isArray(answer.choices) || answer.choices.length !== width) throw new Error('not the right number of choices');
  if (!Array.isArray(answer.individual_proofs) || answer.individual_proofs.length !== width) throw new Error('not the right number of proofs');
  const choices = answer.choices.map((c) => readPair(group, c));
  const individual = answer.individual_proofs.map((list) => readProofs(group, list, 2));
  const overall = readProofs(group, answer.overall_proof, max - min + (blank ? 2 : 1));
  const blankProof = blank ? readProofs(group, answer.blank_proof, 2) : undefined;
  const again = {
    choices: choices.map((c) => writtenPair(group, c)),
    individual_proofs: individual.map((proofs) => proofs.map(written)),
    overall_proof: overall.map(written),
    blank_proof: blankProof?.map(written),
  };
  return {
    written: again,
    async check(election, _, prefix, where) {
      for (const [i, c] of choices.entries()) {
        const claims = interval(c, 0, 1);
        must(await oneOfHolds(election, intervalPrefix(prefix, again.choices[i]), claims, individual[i]), `${where}: choice ${i + 1}: the proof`);
      }
      const all = choicesPrefix(prefix, again.choices);
      const total = product(group, blank ? choices.slice(1) : choices);
      if (!blank) {
        const claims = interval(total, min, max);
        must(await oneOfHolds(election, intervalPrefix(all, writtenPair(group, total)), claims, overall), `${where}: the overall proof`);
        return;
      }
      const [first] = choices;
      const empty = [{ ciphertext: first, value: 0 }, { ciphertext: total, value: 0 }];
      must(await oneOfHolds(election, `bproof0|${all}`, empty, blankProof), `${where}: the blank proof`);
      const claims = [{ ciphertext: first, value: 1 }, ...interval(total, min, max)];
      must(await oneOfHolds(election, `bproof1|${all}`, claims, overall), `${where}: the overall proof`);
    },
  };
}

function interval(ciphertext, from, to) {
  const claims = [];
  for (let value = from; value <= to; value++) claims.push({ ciphertext, value });
  return claims;
}

/** The encryption of the sum. */
function product(group, parts) {
  const half = (name) => group.powers(parts.map((c) => c[name].base).reduce((a, b) => group.times(a, b)));
  return { alpha: half('alpha'), beta: half('beta') };
}
