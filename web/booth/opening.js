// What opens a spoilt ballot, in few letters, so that a QR code carries it to another device:
//
//   <uuid>.<place in the list>.<values>.<seed>.<tracker>.<challenge>.<response>
//
// The place in the list of credentials, from 0, stands for the credential. Values are two hexadecimal digits each, a full
// list for each question, lists parted by hyphens. The rest is base64url of the bytes. Whoever sees this sees the vote that was
// tried, and could send that ballot in if they were signed in as the voter; so it is shown for a ballot thrown away, to the
// voter, and a link carries it behind the # that browsers do not send.

import { fingerprintBytes } from './digest.js';
import { fromBytes } from './number.js';
import { fromHex, toHex } from './random.js';

export function writeOpening(election, list, { tracker, opening }) {
  const { credential, values, seed, proof } = opening;
  const place = list.indexOf(credential);
  if (place < 0) throw new Error('the credential is not in the list');
  return [
    election.uuid, place, values.map(toHex).join('-'), letters(fromHex(seed)), letters(fingerprintBytes(tracker)),
    letters(number(proof.challenge)), letters(number(proof.response)),
  ].join('.');
}

/** The identifier of the election that an opening is for, to know which to read. */
export function electionOfOpening(text) { return text.split('.')[0]; }

/** Reads an opening and returns {tracker, opening} as openSpoilt wants it. */
export function readOpening(election, list, text) {
  const parts = text.split('.');
  const [uuid, place, values, seed, tracker, challenge, response] = parts;
  if (parts.length !== 7 || uuid !== election.uuid) throw new Error('this opens no ballot of this election');
  const credential = /^[0-9]{1,8}$/.test(place) ? list[Number(place)] : undefined;
  if (credential === undefined) throw new Error('there is no such credential in the list');
  const proof = { challenge: fromBytes(bytes(challenge)).toString(), response: fromBytes(bytes(response)).toString() };
  const opening = { credential, values: values.split('-').map((list) => [...fromHex(list)]), seed: toHex(bytes(seed)), proof };
  return { tracker: btoa(String.fromCharCode(...bytes(tracker))).replace(/=+$/, ''), opening };
}

/** The bytes of a decimal. */
function number(decimal) {
  const hex = BigInt(decimal).toString(16);
  return fromHex(hex.padStart(hex.length + hex.length % 2, '0'));
}

function letters(bytes) { return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''); }

function bytes(letters) { return Uint8Array.from(atob(letters.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0)); }
