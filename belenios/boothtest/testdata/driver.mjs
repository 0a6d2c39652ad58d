// Runs the booth's modules for the Go tests: reads one JSON request a line, {"do": …}, and answers each with a line, {"ok": …}
// or {"error": …}.
import { createInterface } from 'node:readline';
import { Chance, fromHex, toHex } from '../../../web/booth/random.js';
import { checkBallot, openSpoilt } from '../../../web/booth/check.js';
import { credentialFromCode, credentialFromText, newCredential, readCode, readList } from '../../../web/booth/credential.js';
import { fourWords, readWords, wordsOfTracker } from '../../../web/booth/words.js';
import { groupNamed } from '../../../web/booth/group.js';
import { lock } from '../../../web/booth/ballot.js';
import { qrCode } from '../../../web/booth/qr.js';
import { readElection } from '../../../web/booth/election.js';
import { decrypt, nameOf, ownerOf, readKeys, readTally } from '../../../web/keyholder/decryption.js';
import { makeCert, makePolynomial, makeVoutput, openKey, readCerts } from '../../../web/keyholder/ceremony.js';
import { checkTally, readKey, shareIn, wordsOfKey } from '../../../web/keyholder/key.js';
import { newSeed, readSeed } from '../../../web/keyholder/seed.js';
import { openBytes, sealBytes } from '../../../web/keyholder/ccm.js';
import { makeCodes, newCode, publicFile, readToDo, secretFile } from '../../../web/credential/codes.js';
import { memberOf } from '../../../web/keyholder/member.js';

const election = (text) => readElection(new TextEncoder().encode(text));
const chance = (seed) => (seed === undefined ? new Chance() : new Chance(fromHex(seed)));

const requests = {
  async lock(r) {
    const e = await election(r.election);
    return lock(e, credentialFromText(e.group, r.secret), r.values, chance(r.seed));
  },
  async check(r) { return checkBallot(await election(r.election), r.ballot); },
  async open(r) { return openSpoilt(await election(r.election), r.tracker, r.opening); },
  async election(r) { return (await election(r.election)).fingerprint; },

  async fromCode(r) {
    const c = await credentialFromCode(groupNamed(r.group), r.uuid, r.code);
    return { secret: c.secret.toString(), text: c.text };
  },
  readCode(r) { return readCode(r.code); },
  async newCredential(r) {
    const c = await newCredential(groupNamed(r.group), chance());
    return { secret: c.secret.toString(), text: c.text };
  },
  isListed(r) { return readList(r.list).includes(r.text); },

  fourWords(r) { return fourWords(fromHex(r.hash)); },
  readWords(r) { return toHex(readWords(r.words)); },
  wordsOfTracker(r) { return wordsOfTracker(r.tracker); },

  qr(r) { return qrCode(r.text, r.mask).map((row) => row.map((dark) => (dark ? '1' : '0')).join('')); },

  async draw(r) {
    const c = chance(r.seed);
    const numbers = [];
    for (const bound of r.bounds) numbers.push((await c.below(BigInt(bound))).toString());
    return numbers;
  },
  parse(r) {
    const g = groupNamed(r.group);
    return g.text(g.parse(r.a));
  },
  isMember(r) {
    const g = groupNamed(r.group);
    return g.powers(g.parse(r.a)).isMember;
  },
  times(r) {
    const g = groupNamed(r.group);
    return g.text(g.times(g.parse(r.a), g.parse(r.b)));
  },
  square(r) {
    const g = groupNamed(r.group);
    return g.text(g.square(g.parse(r.a)));
  },
  power(r) {
    const g = groupNamed(r.group);
    return g.text(g.powers(g.parse(r.a)).power(BigInt(r.n)));
  },
  generatorPower(r) {
    const g = groupNamed(r.group);
    return g.text(g.generator.power(BigInt(r.n)));
  },
  encode(r) {
    const g = groupNamed(r.group);
    return g.text(g.encode(r.values));
  },

  // What the registrar does.
  newCode(r) { return newCode(chance(r.chance)); },
  async makeCodes(r) {
    const todo = readToDo(r.todo);
    const made = await makeCodes(todo, chance());
    return { public: publicFile(todo, made), secret: secretFile(todo, made) };
  },

  // What keyholders do.
  newSeed(r) { return newSeed(chance(r.chance)); },
  readSeed(r) { return readSeed(r.typed); },
  async sealBytes(r) { return toHex(await sealBytes(fromHex(r.key), fromHex(r.nonce), fromHex(r.text))); },
  async openBytes(r) { return toHex(await openBytes(fromHex(r.key), fromHex(r.nonce), fromHex(r.sealed))); },
  async cert(r) { return makeCert(await memberOf(groupNamed(r.group), r.seed), chance(r.chance)); },
  async polynomial(r) {
    const g = groupNamed(r.group);
    return makePolynomial(await memberOf(g, r.seed), chance(r.chance), await readCerts(g, r.certs), r.threshold);
  },
  async voutput(r) {
    const g = groupNamed(r.group);
    return makeVoutput(await memberOf(g, r.seed), chance(r.chance), await readCerts(g, r.certs), r.vinput);
  },
  async share(r) {
    const key = await openKey(groupNamed(r.group), r.seed, r.dkey);
    return { secret: key.secret.toString(), text: key.text };
  },
  async finishedKey(r) {
    const g = groupNamed(r.group);
    const key = await readKey(g, r.trustees);
    await shareIn(key, g, r.number, r.seed, r.dkey);
    return { key: key.text, words: await wordsOfKey(r.trustees) };
  },
  async checkTally(r) {
    const e = await election(r.election);
    return checkTally(e, new TextEncoder().encode(r.election), r.setup, await readKey(e.group, r.trustees));
  },
  async decrypt(r) {
    const e = await election(r.election);
    const key = await openKey(e.group, r.seed, r.dkey);
    const text = await decrypt(e, readTally(e, r.tally), key, chance(r.chance));
    return { text, owner: ownerOf(readKeys(r.trustees), key), tally: await nameOf(r.tally) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer = { ok: await requests[request.do](request) };
  } catch (error) {
    answer = { error: String(error.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
