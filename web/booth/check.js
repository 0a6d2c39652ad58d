// Checking a locked ballot: all that the server and every verifier check of it, from its text alone. Whether the credential is
// listed and whether the ballot is the only one of it is not asked here. And opening a ballot that was spoilt.

import { ballotText, choicesPrefix, intervalPrefix, lockAnswers, pair, prefixOf, rankingPrefix } from './ballot.js';
import { fingerprint } from './digest.js';
import { mustBeMember, publicKey } from './group.js';
import { knowledgeHolds, oneOfHolds, readProof, written } from './proof.js';
import { Chance, fromHex } from './random.js';

/** Checks form, election, membership, every proof and the signature, and returns {tracker, credential}. */
export async function checkBallot(election, text) {
  const { group, questions } = election;
  const ballot = JSON.parse(text);
  if (ballot.election_uuid !== election.uuid || ballot.election_hash !== election.fingerprint) throw new Error('the ballot is for another election');
  const answers = exactly(questions.length, ballot.answers).map((answer, i) => read(group, questions[i], answer));
  const signature = { hash: ballot.signature.hash, proof: readProof(group, ballot.signature.proof) };

  // A ballot has one legal text: what was read, written again.
  const again = answers.map((answer) => write(group, answer));
  const whole = ballotText(election, ballot.credential, again, { hash: signature.hash, proof: written(signature.proof) });
  if (text !== whole) throw new Error('the ballot is not in its one legal form');

  const hash = await fingerprint(ballotText(election, ballot.credential, again));
  if (signature.hash !== hash) throw new Error('the signature is of another ballot');
  const credential = publicKey(group, ballot.credential);
  must(await knowledgeHolds(group, credential, signature.proof, `sig|${hash}`), 'the signature');
  const prefix = prefixOf(election, ballot.credential);
  for (const [i, answer] of answers.entries()) {
    for (const { alpha, beta } of answer.choices) {
      mustBeMember(alpha);
      mustBeMember(beta);
    }
    const check = questions[i].ranked ? checkRanking : checkChoices;
    await check(election, questions[i], prefix, answer, again[i], `answer ${i + 1}`);
  }
  return { tracker: await fingerprint(text), credential: ballot.credential };
}

/**
 * Opens a ballot that will not be cast, from {credential, values, seed, proof} and the tracker that was shown when it was
 * locked: locks the values again with the same seed, adds the proof of its signature, and compares. Returns the values.
 */
export async function openSpoilt(election, tracker, { credential, values, seed, proof }) {
  const answers = await lockAnswers(election, credential, values, new Chance(fromHex(seed)));
  const hash = await fingerprint(ballotText(election, credential, answers));
  const text = ballotText(election, credential, answers, { hash, proof });
  if (await fingerprint(text) !== tracker) throw new Error('what was locked is not what it was said to be');
  await checkBallot(election, text);
  return values;
}

function must(holds, what) {
  if (!holds) throw new Error(`${what} does not verify`);
}

async function checkRanking(election, _, prefix, { choices: [ciphertext], proof }, again, where) {
  must(await knowledgeHolds(election.group, ciphertext.alpha, proof, rankingPrefix(election, prefix, again.choices)), `${where}: the proof`);
}

async function checkChoices(election, { blank, min, max }, prefix, answer, again, where) {
  const { group } = election;
  const { choices } = answer;
  for (const [i, choice] of choices.entries()) {
    const holds = await oneOfHolds(election, intervalPrefix(prefix, again.choices[i]), interval(choice, 0, 1), answer.individual[i]);
    must(holds, `${where}: choice ${i + 1}: the proof`);
  }
  const all = choicesPrefix(prefix, again.choices);
  const total = product(group, blank ? choices.slice(1) : choices);
  const range = interval(total, min, max);
  if (!blank) {
    must(await oneOfHolds(election, intervalPrefix(all, writtenPair(group, total)), range, answer.overall), `${where}: the overall proof`);
    return;
  }
  const none = [{ ciphertext: choices[0], value: 0 }, { ciphertext: total, value: 0 }];
  must(await oneOfHolds(election, `bproof0|${all}`, none, answer.blank), `${where}: the blank proof`);
  const claims = [{ ciphertext: choices[0], value: 1 }, ...range];
  must(await oneOfHolds(election, `bproof1|${all}`, claims, answer.overall), `${where}: the overall proof`);
}

/** The claim that a ciphertext encrypts one of from to to, as oneOfHolds wants it. */
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

/** An answer as numbers and elements. Membership is not asked yet. */
function read(group, { ranked, blank, min, max, width }, answer) {
  if (ranked) return { choices: [readPair(group, answer.choices)], proof: readProof(group, answer.proof) };
  const proofs = (n, list) => exactly(n, list).map((p) => readProof(group, p));
  return {
    choices: exactly(width, answer.choices).map((c) => readPair(group, c)),
    individual: exactly(width, answer.individual_proofs).map((list) => proofs(2, list)),
    overall: proofs(max - min + (blank ? 2 : 1), answer.overall_proof),
    blank: blank ? proofs(2, answer.blank_proof) : undefined,
  };
}

/** The same answer as it must have been written. */
function write(group, { choices, individual, overall, blank, proof }) {
  if (proof !== undefined) return { choices: writtenPair(group, choices[0]), proof: written(proof) };
  return {
    choices: choices.map((c) => writtenPair(group, c)),
    individual_proofs: individual.map((proofs) => proofs.map(written)),
    overall_proof: overall.map(written),
    blank_proof: blank?.map(written),
  };
}

function exactly(n, list) {
  if (!Array.isArray(list) || list.length !== n) throw new Error(`the ballot has a list that is not of ${n}`);
  return list;
}

function readPair(group, { alpha, beta }) { return { alpha: group.powers(group.parse(alpha)), beta: group.powers(group.parse(beta)) }; }

function writtenPair(group, { alpha, beta }) { return pair(group, { alpha: alpha.base, beta: beta.base }); }
