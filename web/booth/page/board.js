// The public files of an election, and the one request that sends a ballot.

import { readElection } from '../election.js';
import { readList } from '../credential.js';

/** Reads the election and the list of those who may vote. With a fingerprint no other election will do. */
export async function fetchElection(uuid, expected) {
  const bytes = await (await file(`/board/${uuid}/election.json`)).arrayBuffer();
  const election = await readElection(new Uint8Array(bytes));
  if (election.uuid !== uuid) throw new Error('the server gave another election');
  if (expected && election.fingerprint !== expected) throw new Error('this is not the election that the notice of poll names: do not vote here, and tell the returning officer');
  const list = readList(await (await file(`/board/${uuid}/credentials.json`)).text());
  return { election, list };
}

async function file(path) {
  const response = await fetch(path, { credentials: 'omit' });
  if (!response.ok) throw new Error(`the server does not have ${path} (${response.status})`);
  return response;
}

/** Why a ballot was not taken: 'signal' where nothing came back, 'signed-out', or 'refused' with the server's words. */
export class NotTaken extends Error {
  constructor(why, words) {
    super(words ?? why);
    this.why = why;
  }
}

/** Sends a ballot and returns the tracker in the answer. The only request of the booth that says who the voter is. */
export async function send(uuid, text) {
  let response;
  let answer = {};
  try {
    response = await fetch(`/board/${uuid}/ballots`, {
      method: 'POST', credentials: 'same-origin', redirect: 'manual', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: text,
    });
    if (response.headers.get('Content-Type')?.includes('json')) answer = await response.json();
  } catch {
    throw new NotTaken('signal');
  }
  if (response.status === 401 || response.type === 'opaqueredirect') throw new NotTaken('signed-out');
  if (!response.ok) throw new NotTaken('refused', answer.message ?? answer.detail ?? `The server answered ${response.status}.`);
  return answer.tracker;
}
