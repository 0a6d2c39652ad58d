// The finished key: what the election's file says of those who hold it together; Belenios specification 2.0, section 4.6.7. A keyholder
// checks all of it on their own device, and that their own share is in it, and then compares its words with the others: a server
// that showed them different keys is found by that and by nothing else.

import { knowledgeHolds, readProof } from '../booth/proof.js';
import { evaluated, openKey, readCerts, readCoefexps } from './ceremony.js';
import { memberOf, withFields } from './member.js';
import { publicKey } from '../booth/group.js';
import { challenge, sha256 } from '../booth/digest.js';
import { vocabulary } from './vocabulary.js';

/** Reads and checks a key that was made together: {threshold, keys, text}, text being the public key under which votes are locked. */
export async function readKey(group, text) {
  const file = JSON.parse(text);
  if (JSON.stringify(file) !== text || file.length !== 1 || file[0][0] !== 'Pedersen') throw new Error('the key is not one of several keyholders');
  const { threshold, certs, coefexps, verification_keys: keys } = withFields(file[0][1], 'threshold', 'certs', 'coefexps', 'verification_keys');
  if (certs.length !== keys.length || certs.length !== coefexps.length) throw new Error('the key has not one part for each keyholder');
  const read = await readCerts(group, certs.map((cert) => JSON.stringify(cert)));
  const published = await readCoefexps(group, read, coefexps);
  if (published.some((list) => list.length !== threshold)) throw new Error(`the key is not opened by ${threshold} keyholders`);
  for (const [i, entry] of keys.entries()) {
    const { pok, public_key: share } = withFields(entry, 'pok', 'public_key');
    const powers = publicKey(group, share);
    const given = published.map((list) => evaluated(group, list, i + 1)).reduce((a, b) => group.times(a, b));
    if (!group.same(powers.base, given)) throw new Error(`the share of keyholder ${i + 1} is not what the others published`);
    if (!await knowledgeHolds(group, powers, readProof(group, pok), `pok|${group.name}|${share}`)) throw new Error(`the proof of keyholder ${i + 1} does not verify`);
  }
  const whole = published.map(([first]) => first.base).reduce((a, b) => group.times(a, b));
  return { threshold, certs: read, keys: keys.map((entry) => entry.public_key), element: whole, text: group.text(whole) };
}

/** The share of a keyholder in a finished key, from what they sent themselves in step 3. Refuses a secret or a share that is not of that number. */
export async function shareIn(key, group, number, seed, sealed) {
  const member = await memberOf(group, seed);
  if (!key.certs[number - 1]?.own(member)) throw new Error('this is not the secret that you made for this key: choose the file that you saved for it');
  const share = await openKey(group, seed, sealed);
  if (key.keys[number - 1] !== share.text) throw new Error('your share is not the one in this key: open nothing, and tell the returning officer and the other keyholders');
  return share;
}

/** The words of a finished key: one of 256 for each of the first 16 bytes of its SHA-256, enough that nobody can look for another key with the same. */
export async function wordsOfKey(text) { return [...(await sha256(text)).slice(0, 16)].map((byte) => vocabulary[byte]); }

/**
 * The tally that is opened to see that a saved secret works: one vote of 1, encrypted with randomness that everybody can compute,
 * so that opening it gives nothing away. It is computed here: whatever else a server asked for would be refused.
 */
export async function checkTally({ group, fingerprint, key, questions }, bytes, setup, whole) {
  const { check, ...more } = JSON.parse(new TextDecoder().decode(bytes)).commonweal ?? {};
  if (check !== setup || Object.keys(more).length > 0 || questions.length !== 1 || questions[0].ranked || questions[0].width !== 1) {
    throw new Error('what is to be opened is not the check of this key');
  }
  if (!group.same(key.base, whole.element)) throw new Error('the check is not locked with this key');
  const random = await challenge(group, `commonweal/check|${fingerprint}`);
  const alpha = group.text(group.generator.power(random));
  const beta = group.text(group.times(key.power(random), group.generator.base));
  return JSON.stringify([[{ alpha, beta }]]);
}
