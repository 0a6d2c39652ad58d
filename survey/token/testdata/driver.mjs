// Runs web/survey/blind.js for the Go tests: reads one JSON request a line, {"do": …}, and answers each with a line,
// {"ok": …} or {"error": …, "code": …}.
import { createInterface } from 'node:readline';
import * as blind from '../../../web/survey/blind.js';

/** Gives the bytes of a request in order, so that both sides have the same chance. */
function stream(hex) {
  let left = blind.fromHex(hex);
  return (n) => {
    if (left.length < n) throw new Error('no more chance');
    const drawn = left.slice(0, n);
    left = left.slice(n);
    return drawn;
  };
}

const key = (r) => blind.readKey(blind.fromHex(r.key), r.hash);

const requests = {
  async key(r) { return (await key(r)).size; },
  async begin(r) {
    const made = await blind.begin(await key(r), r.wave, r.chance ? stream(r.chance) : undefined);
    return { blinded: blind.toHex(made.blinded), pending: made.pending };
  },
  async finish(r) { return blind.finish(await key(r), r.pending, blind.fromHex(r.signature)); },
  async verify(r) { await blind.verify(await key(r), r.wave, r.pass); return true; },
  spentHash(r) { return blind.spentHash(r.pass); },
  async blindMessage(r) {
    const k = await key(r);
    const made = await blind.blindMessage(k, blind.fromHex(r.message), blind.fromHex(r.salt), BigInt(`0x${r.factor}`));
    return { blinded: blind.toHex(made.blinded), inverse: made.inverse.toString(16), signature: blind.toHex(blind.unblind(k, made.inverse, blind.fromHex(r.signature))) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const r = JSON.parse(line);
  let answer;
  try {
    answer = { ok: await requests[r.do](r) };
  } catch (error) {
    answer = { error: String(error.message ?? error), code: error.code ?? '' };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
