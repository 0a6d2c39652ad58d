// The proofs that a ballot needs, of which keyholders use the first too; Belenios specification 2.0, sections 4.11.2, 4.12, 4.13 and 4.14.
//
// A proof is {challenge, response}. The commitments that the challenge is a hash of are not stored; whoever checks computes
// them again.

import { challenge } from './digest.js';
import { modulo } from './number.js';
import { scalar } from './group.js';

/** A proof as it is written. */
export function written({ challenge, response }) { return { challenge: challenge.toString(), response: response.toString() }; }

/** The same, read. */
export function readProof(group, { challenge, response }) { return { challenge: scalar(group, challenge), response: scalar(group, response) }; }

/** Proves knowledge of the secret with X = g^secret. The nonce is drawn for this proof alone. */
export async function proveKnowledge(group, secret, nonce, prefix) {
  const c = await challenge(group, `${prefix}|${group.text(group.generator.power(nonce))}`);
  return { challenge: c, response: modulo(nonce - secret * c, group.q) };
}

/** Whether a proof shows knowledge of log_g X; powers are those of X. */
export async function knowledgeHolds(group, powers, proof, prefix) {
  const commitment = group.times(group.generator.power(proof.response), powers.power(proof.challenge));
  return await challenge(group, `${prefix}|${group.text(commitment)}`) === proof.challenge;
}

/**
 * Proves that one of several alternatives holds without saying which. Alternative j says that a ciphertext (α, β) encrypts
 * M_j, that is log_g α = log_y β/g^M_j; its commitments are
 *
 *     A = g^response × α^challenge     B = y^response × (β/g^M)^challenge
 *
 * and the challenges sum to the hash of all commitments, so all but one may be chosen beforehand: that one must be true.
 *
 * We know ρ with α = g^ρ and β = y^ρ g^m. So no power of α or β need be computed: with w = response + ρ × challenge,
 *
 *     A = g^w     B = y^w × g^((m - M) × challenge)
 *
 * and g and y keep what makes their powers quick. Every alternative gets a random w and a random challenge; at the end the
 * challenge of the true one, for which m - M is 0, is corrected to make the sum right, and the responses follow.
 *
 * Each alternative is {random: ρ, excess: m - M, real: whether this is the one}.
 */
export async function proveOneOf(election, chance, prefix, alternatives) {
  const { group, key } = election;
  const { q, generator } = group;
  const proofs = [];
  const commitments = [];
  let sum = 0n;
  for (const { excess } of alternatives) {
    const w = await chance.below(q);
    const c = await chance.below(q);
    const shift = generator.power(modulo(BigInt(excess) * c, q));
    proofs.push({ w, challenge: c });
    commitments.push(generator.power(w), group.times(key.power(w), shift));
    sum += c;
  }
  const missing = await hashOf(group, prefix, commitments) - sum;
  return alternatives.map(({ random, real }, j) => {
    const { w, challenge: c } = proofs[j];
    const final = modulo(c + (real ? missing : 0n), q);
    return { challenge: final, response: modulo(w - random * final, q) };
  });
}

/** Whether proofs show that one of the alternatives holds. Each is {ciphertext, value: M}. */
export async function oneOfHolds(election, prefix, alternatives, proofs) {
  const { group, key } = election;
  const { q, generator } = group;
  const commitments = [];
  let sum = 0n;
  alternatives.forEach(({ ciphertext, value }, j) => {
    const { challenge: c, response: r } = proofs[j];
    const shift = generator.power(modulo(-BigInt(value) * c, q));
    commitments.push(
      group.times(generator.power(r), ciphertext.alpha.power(c)),
      group.times(group.times(key.power(r), ciphertext.beta.power(c)), shift),
    );
    sum += c;
  });
  return await hashOf(group, prefix, commitments) === sum % q;
}

function hashOf(group, prefix, commitments) {
  return challenge(group, `${prefix}|${commitments.map((a) => group.text(a)).join(',')}`);
}
