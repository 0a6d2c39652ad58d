// One keyholder with the keys that follow from the seed: signing, and secret letters to other keyholders that the server carries
// and cannot read; Belenios specification 2.0, sections 4.6.1 to 4.6.3.
//
// Elements are handed about as their texts; Powers are made where they are raised to something.

import { fromHex, toHex } from '../booth/random.js';
import { knowledgeHolds, proveKnowledge, readProof, written } from '../booth/proof.js';
import { openBytes, sealBytes } from './ccm.js';
import { challenge, sha256 } from '../booth/digest.js';
import { mustBeMember } from '../booth/group.js';
import { readSeed } from './seed.js';

/** The keyholder of a seed. */
export async function memberOf(group, seed) {
  const secret = readSeed(seed);
  const signing = await challenge(group, `sk|${secret}`);
  const decryption = await challenge(group, `dk|${secret}`);
  const text = (n) => group.text(group.generator.power(n));
  return { group, signing, decryption, verification: text(signing), encryption: text(decryption) };
}

/** Reads a JSON text in its one form: these fields in this order, and nothing that we would not write. */
export function readExact(text, ...fields) {
  const value = JSON.parse(text);
  if (JSON.stringify(value) !== text) throw new Error('a message is not in its one form');
  return withFields(value, ...fields);
}

export function withFields(value, ...fields) {
  if (Object.keys(value).join() !== fields.join()) throw new Error(`a message has not the fields ${fields.join(', ')}`);
  return value;
}

/** An element of the group as its powers, a member of the subgroup. */
export function readMember(group, text) {
  const powers = group.powers(group.parse(text));
  mustBeMember(powers);
  return powers;
}

/** A text with a signature, as it is written. */
export async function sign({ group, signing }, chance, message) {
  const signature = written(await proveKnowledge(group, signing, await chance.below(group.q), `sigmsg|${message}`));
  return { message, signature };
}

/** Refuses a signature that is not of the holder of that verification key. */
export async function mustBeSigned(group, { message, signature }, verification) {
  const proof = readProof(group, withFields(signature, 'challenge', 'response'));
  if (!await knowledgeHolds(group, verification, proof, `sigmsg|${message}`)) throw new Error('a signature does not verify');
}

/** Signs a message, says for whom it is, and encrypts it for the holder of that encryption key. */
export async function send(member, chance, recipient, message) {
  const { group } = member;
  const signed = await sign(member, chance, JSON.stringify({ recipient, message }));
  const random = await chance.below(group.q);
  const shared = group.generator.power(await chance.below(group.q));
  const alpha = group.text(group.generator.power(random));
  const beta = group.text(group.times(group.powers(group.parse(recipient)).power(random), shared));
  const data = await sealBytes(await sha256(`key|${group.text(shared)}`), await sha256(`iv|${alpha}`), new TextEncoder().encode(JSON.stringify(signed)));
  return JSON.stringify({ alpha, beta, data: toHex(data) });
}

/** Reverses send. sender are the powers of the verification key of whoever sent it. */
export async function receive(member, sealed, sender) {
  const { group } = member;
  const { alpha, beta, data } = readExact(sealed, 'alpha', 'beta', 'data');
  const masked = readMember(group, beta).base;
  // Outside the subgroup, what we do with alpha could tell something of our key.
  const mask = readMember(group, alpha).power(group.q - member.decryption);
  const text = await openBytes(await sha256(`key|${group.text(group.times(masked, mask))}`), await sha256(`iv|${alpha}`), fromHex(data));
  const signed = readExact(new TextDecoder().decode(text), 'message', 'signature');
  await mustBeSigned(group, signed, sender);
  const { recipient, message } = readExact(signed.message, 'recipient', 'message');
  if (recipient !== member.encryption) throw new Error('a letter is for another keyholder');
  return message;
}
