// A keyholder's part in opening a tally: every alpha to the power of the share, with proofs; Belenios specification 2.0, section
// 4.18. And a proof of our own that binds all of them to the tally; docs/design/ballots.md, section 4.
//
// Whatever a tally holds is opened. So that tally must be the one of the whole election: see opened.js.

import { challenge, sha256 } from '../booth/digest.js';
import { fromBytes, modulo } from '../booth/number.js';
import { withFields } from './member.js';
import { mustBeMember } from '../booth/group.js';
import { toHex } from '../booth/random.js';
import { written } from '../booth/proof.js';

/** Reads an encrypted tally: for each question a list of alphas. Of betas only the form is read, since nothing is done with them. */
export function readTally({ group, questions }, text) {
  const lists = JSON.parse(text);
  if (JSON.stringify(lists) !== text || !Array.isArray(lists) || lists.length !== questions.length) throw new Error('the tally is not one of this election');
  return lists.map((list, i) => {
    if (!Array.isArray(list) || (!questions[i].ranked && list.length !== questions[i].width)) throw new Error(`the tally has not the shape of question ${i + 1}`);
    return list.map((pair) => {
      const { alpha, beta } = withFields(pair, 'alpha', 'beta');
      group.parse(beta);
      group.parse(alpha);
      return alpha;
    });
  });
}

/** The numbers of trustees and their public keys, in the archive's order; what else the file says is for its verifier. */
export function readKeys(text) {
  return JSON.parse(text).flatMap(([kind, item]) => (kind === 'Pedersen' ? item.verification_keys : [item])).map((key) => key.public_key);
}

/** The number of the trustee whose key it is, from 1. */
export function ownerOf(keys, { text }) {
  const at = keys.indexOf(text);
  if (at < 0) throw new Error('the key of this election was not made with this secret');
  return at + 1;
}

/** What a tally is known by: the SHA-256 of its text, in hexadecimal. */
export async function nameOf(tally) { return toHex(await sha256(tally)); }

/**
 * The partial decryption of a tally, of the alphas that readTally gave, with the share that openKey gave. progress is told how
 * many of how many are done.
 */
export async function decrypt(election, lists, key, chance, progress = () => {}) {
  const { group, fingerprint } = election;
  const { q, generator } = group;
  const total = lists.flat().length;
  const statement = [];
  const factors = [];
  const proofs = [];
  for (const alphas of lists) {
    const nonces = [];
    for (let i = 0; i < alphas.length; i++) nonces.push(await chance.below(q));
    factors.push([]);
    proofs.push([]);
    for (const [i, text] of alphas.entries()) {
      const alpha = group.powers(group.parse(text));
      mustBeMember(alpha); // or the factor could tell something of the share
      const factor = group.text(alpha.power(key.secret));
      const commitments = `${group.text(generator.power(nonces[i]))},${group.text(alpha.power(nonces[i]))}`;
      const c = await challenge(group, `decrypt|${fingerprint}|${key.text}|${commitments}`);
      factors.at(-1).push(factor);
      proofs.at(-1).push(written({ challenge: c, response: modulo(nonces[i] - key.secret * c, q) }));
      statement.push({ text, factor });
      await progress(statement.length, total);
    }
  }
  const binding = await bind(election, key, statement, await chance.below(q));
  return JSON.stringify({ decryption_factors: factors, decryption_proofs: proofs, binding_proof: binding });
}

/**
 * The challenges above are hashes of commitments alone, not of alphas and factors, in which voters and mixes have a hand. So one
 * more proof is over a product of all, each to the power of a number that is a hash of all.
 */
async function bind({ group, fingerprint }, key, statement, nonce) {
  const name = toHex(await sha256(`binding|${fingerprint}|${key.text}|${statement.map(({ text, factor }) => `${text},${factor},`).join('')}`));
  let product = group.identity;
  for (const [i, { text }] of statement.entries()) {
    const weight = fromBytes((await sha256(`${name}|${i}`)).slice(0, 16)) % group.q;
    product = group.times(product, group.powers(group.parse(text)).power(weight));
  }
  const commitments = `${group.text(group.generator.power(nonce))},${group.text(group.powers(product).power(nonce))}`;
  const c = await challenge(group, `bound|${name}|${commitments}`);
  return written({ challenge: c, response: modulo(nonce - key.secret * c, group.q) });
}
