// The three messages with which a keyholder takes part in making a key; Belenios specification 2.0, sections 4.6.2 to 4.6.6.
// The server passes them on:
//
//     1  everybody sends a certificate: two public keys, signed
//     2  everybody draws a polynomial, and sends to each its value at that keyholder's number, in a letter that only that one can open
//     3  everybody adds up the values from all, which is their share of the key, and sends its public part
//
// As many shares as a polynomial has coefficients open what is locked with the key; fewer say nothing. All but the seed is in
// the messages: the polynomial and the share are sent to oneself, encrypted.

import { memberOf, mustBeSigned, readExact, readMember, receive, send, sign, withFields } from './member.js';
import { proveKnowledge, written } from '../booth/proof.js';
import { modulo } from '../booth/number.js';
import { publicKey, scalar } from '../booth/group.js';

/** Step 1: the certificate. */
export async function makeCert(member, chance) {
  const { verification, encryption } = member;
  return JSON.stringify(await sign(member, chance, JSON.stringify({ verification, encryption })));
}

/** Reads and checks the certificates of all, in their order: no key may stand twice. */
export async function readCerts(group, texts) {
  const certs = [];
  const seen = new Set();
  for (const text of texts) {
    const signed = readExact(text, 'message', 'signature');
    const { verification, encryption } = readExact(signed.message, 'verification', 'encryption');
    const cert = { verification: publicKey(group, verification), encryption };
    publicKey(group, encryption);
    await mustBeSigned(group, signed, cert.verification);
    for (const key of [verification, encryption]) {
      if (seen.has(key)) throw new Error('two certificates have the same key');
      seen.add(key);
    }
    certs.push({ ...cert, own: (member) => member.verification === verification && member.encryption === encryption });
  }
  return certs;
}

/** The number of the keyholder among the certificates, from 0. */
function position(certs, member) {
  const at = certs.findIndex((cert) => cert.own(member));
  if (at < 0) throw new Error('none of the certificates was made with this secret');
  return at;
}

/** Step 2: the polynomial, of as many coefficients as shares are to be needed. */
export async function makePolynomial(member, chance, certs, threshold) {
  const { group } = member;
  position(certs, member);
  if (!(threshold >= 1 && threshold <= certs.length)) throw new Error(`${threshold} of ${certs.length} is not possible`);
  const coefficients = [];
  while (coefficients.length < threshold) coefficients.push(await chance.below(group.q));
  const polynomial = await send(member, chance, member.encryption, JSON.stringify({ polynomial: coefficients.map(String) }));
  const secrets = [];
  for (const [i, { encryption }] of certs.entries()) {
    const value = coefficients.reduceRight((sum, a) => modulo(sum * BigInt(i + 1) + a, group.q), 0n);
    secrets.push(await send(member, chance, encryption, JSON.stringify({ secret: value.toString() })));
  }
  const coefexps = coefficients.map((a) => group.text(group.generator.power(a)));
  return JSON.stringify({ polynomial, secrets, coefexps: await sign(member, chance, JSON.stringify({ coefexps })) });
}

/** Step 3: checks what came of all polynomials and adds the values up. */
export async function makeVoutput(member, chance, certs, vinput) {
  const { group } = member;
  const own = position(certs, member);
  const { polynomial, secrets, coefexps } = readExact(vinput, 'polynomial', 'secrets', 'coefexps');
  if (secrets.length !== certs.length || coefexps.length !== certs.length) throw new Error('there is not one value from each keyholder');
  const published = await readCoefexps(group, certs, coefexps);
  await checkOwn(member, polynomial, certs[own].verification, published[own]);
  let share = 0n;
  for (const [i, secret] of secrets.entries()) {
    const value = await number(member, secret, 'secret', certs[i].verification);
    if (!group.same(group.generator.power(value), evaluated(group, published[i], own + 1))) {
      throw new Error(`the value from keyholder ${i + 1} is not the one that they published`);
    }
    share = modulo(share + value, group.q);
  }
  const key = keyOf(group, share);
  const proof = await proveKnowledge(group, share, await chance.below(group.q), `pok|${group.name}|${key.text}`);
  const kept = await send(member, chance, member.encryption, JSON.stringify({ decryption_key: share.toString() }));
  return JSON.stringify({ private_key: kept, public_key: { pok: written(proof), public_key: key.text } });
}

/** Checks the published coefficients of all, and gives their powers. */
export async function readCoefexps(group, certs, coefexps) {
  const published = [];
  for (const [i, signed] of coefexps.entries()) {
    await mustBeSigned(group, withFields(signed, 'message', 'signature'), certs[i].verification);
    published.push(readExact(signed.message, 'coefexps').coefexps.map((text) => readMember(group, text)));
    if (published[i].length === 0 || published[i].length !== published[0].length) throw new Error('the polynomials are not of one length');
  }
  return published;
}

/** The keyholder's share, from what step 3 sent to itself: {secret, text}, text being the public part. */
export async function openKey(group, seed, dkey) {
  const member = await memberOf(group, seed);
  return keyOf(group, await number(member, dkey, 'decryption_key', group.powers(group.parse(member.verification))));
}

/** The public part of a secret share. */
export function keyOf(group, secret) {
  if (secret === 0n) throw new Error('the share is nought');
  return { secret, text: group.text(group.generator.power(secret)) };
}

/** Refuses published coefficients that are not those that the keyholder drew. */
async function checkOwn(member, sealed, verification, published) {
  const { group } = member;
  const { polynomial } = readExact(await receive(member, sealed, verification), 'polynomial');
  const same = polynomial.length === published.length && polynomial.every((a, k) => group.same(group.generator.power(scalar(group, a)), published[k].base));
  if (!same) throw new Error('the polynomial is not the one that was made with this secret');
}

/** The number in a letter. belenios-tool sends sums that it has not reduced, so it may be q or more here, as nowhere else. */
async function number(member, letter, field, sender) {
  const { [field]: digits } = readExact(await receive(member, letter, sender), field);
  if (!/^(0|[1-9][0-9]{0,5000})$/.test(digits)) throw new Error('a letter holds no number');
  return BigInt(digits) % member.group.q;
}

/** g to the power of a polynomial at j, from g to the power of its coefficients. */
export function evaluated(group, coefficients, j) {
  return coefficients.reduceRight((value, a) => (value === null ? a.base : group.times(group.powers(value).power(BigInt(j)), a.base)), null);
}
