// One voter's visit to the booth, without its pages: what is locked, what is kept on this device until the receipt, and what
// is forgotten.
//
// Kept is {text, tracker} from the lock until the server has answered, so that a lost line, a closed tab or an ended session
// loses nothing; then {tracker, cast: true}, so that this device can look for it again. Choices, seed and credential are never
// kept here. store has getItem, setItem and removeItem, such as localStorage; a device that keeps nothing only loses the
// second try.

import { checkBallot } from './check.js';
import { Chance } from './random.js';
import { lock } from './ballot.js';

export class Visit {
  constructor(election, store) {
    this.election = election;
    this.store = store;
    this.name = `commonweal.booth.${election.uuid}`;
    this.opening = null; // of a ballot locked in this visit, until it is cast or thrown away
    this.kept = this.read();
  }

  read() {
    try {
      const kept = JSON.parse(this.store.getItem(this.name));
      return kept !== null && kept.election === this.election.fingerprint ? kept : null;
    } catch {
      return null;
    }
  }

  /** Keeps, and says whether the device does so too. */
  keep(kept) {
    this.kept = kept;
    try {
      if (kept === null) this.store.removeItem(this.name);
      else this.store.setItem(this.name, JSON.stringify({ ...kept, election: this.election.fingerprint }));
      return true;
    } catch {
      return false;
    }
  }

  /** A ballot that is locked and not cast. */
  get waiting() { return this.kept !== null && !this.kept.cast; }

  /** The tracker of the cast ballot. */
  get receipt() { return this.kept?.cast ? this.kept.tracker : null; }

  /**
   * Locks a vote, checks the ballot as the server will, and keeps it. Returns whether this device keeps it.
   */
  async lock(credential, values) {
    const chance = new Chance();
    const { text, tracker, signature } = await lock(this.election, credential, values, chance);
    await checkBallot(this.election, text);
    this.opening = { credential: credential.text, values, seed: chance.seed, proof: signature.proof };
    return this.keep({ text, tracker });
  }

  /** Throws the locked ballot away. What opens it is returned where it was locked in this visit, and then forgotten here. */
  spoil() {
    if (!this.waiting) throw new Error('no ballot is locked');
    const spoilt = this.opening === null ? null : { tracker: this.kept.tracker, opening: this.opening };
    this.opening = null;
    this.keep(null);
    return spoilt;
  }

  /** Forgets the receipt: to vote again where the last ballot counts, or for somebody else on the same device. */
  again() { this.keep(null); }

  /**
   * Casts the locked ballot. send gives the text to the server and returns the tracker that the server answered with. If it
   * throws, the ballot waits; the same ballot may be sent again, and is the same ballot.
   */
  async cast(send) {
    if (!this.waiting) throw new Error('no ballot is locked');
    const { text, tracker } = this.kept;
    const answered = await send(text);
    if (answered !== tracker) throw new Error(`the server answered with the tracker ${String(answered).slice(0, 50)}, not ${tracker}`);
    this.opening = null;
    this.keep({ tracker, cast: true });
    return tracker;
  }
}
