// The booth's state, without a page and without Go: run by the Go test TestModules, or by `node --test` in this folder.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Choices, Ranking, marksFor } from '../../../web/booth/choice.js';
import { Visit } from '../../../web/booth/visit.js';
import { Chance } from '../../../web/booth/random.js';
import { checkBallot, openSpoilt } from '../../../web/booth/check.js';
import { electionOfOpening, readOpening, writeOpening } from '../../../web/booth/opening.js';
import { groupNamed } from '../../../web/booth/group.js';
import { newCredential } from '../../../web/booth/credential.js';
import { readElection } from '../../../web/booth/election.js';

const answers = ['a', 'b', 'c'];

async function election(groupName, questions, name = 'n') {
  const group = groupNamed(groupName);
  const { text } = await newCredential(group, new Chance());
  const file = { version: 1, description: '', name, group: groupName, public_key: text, questions, uuid: '7Fq3xyzABCDEFG' };
  return readElection(new TextEncoder().encode(JSON.stringify(file)));
}

class Store {
  items = new Map();
  getItem(name) { return this.items.get(name) ?? null; }
  setItem(name, value) { this.items.set(name, value); }
  removeItem(name) { this.items.delete(name); }
}

const full = { getItem() { throw new Error('no'); }, setItem() { throw new Error('no'); }, removeItem() { throw new Error('no'); } };

test('one choice replaces another where one may be chosen', () => {
  const marks = new Choices({ answers, min: 1, max: 1, blank: false });
  assert.equal(marks.problem, 'few');
  marks.choose(0, true);
  marks.choose(2, true);
  assert.deepEqual(marks.values, [0, 0, 1]);
  assert.equal(marks.problem, null);
  marks.leaveBlank(true);
  assert.deepEqual(marks.values, [0, 0, 1], 'blank votes are not admitted');
});

test('too many choices are told, not dropped', () => {
  const marks = new Choices({ answers, min: 1, max: 2, blank: true });
  for (const i of [0, 1, 2]) marks.choose(i, true);
  assert.equal(marks.problem, 'many');
  marks.choose(1, false);
  assert.deepEqual(marks.values, [0, 1, 0, 1]);
  marks.leaveBlank(true);
  assert.deepEqual(marks.values, [1, 0, 0, 0]);
  assert.equal(marks.problem, null);
  marks.choose(1, true);
  assert.deepEqual(marks.values, [0, 0, 1, 0], 'a choice ends the blank vote');
});

test('an order is moved, left and begun again', () => {
  const marks = marksFor({ ranked: true, answers: ['a', 'b', 'c', 'd'] });
  assert.ok(marks instanceof Ranking);
  assert.equal(marks.problem, 'few');
  for (const i of [2, 0, 3]) marks.add(i);
  assert.deepEqual(marks.values, [2, 0, 1, 3]);
  assert.deepEqual(marks.rest, [1]);
  marks.up(3);
  assert.deepEqual(marks.order, [2, 3, 0]);
  marks.up(2);
  assert.deepEqual(marks.order, [2, 3, 0], 'the first stays first');
  marks.down(2);
  assert.deepEqual(marks.order, [3, 2, 0]);
  marks.down(0);
  assert.deepEqual(marks.order, [3, 2], 'the last goes out');
  marks.place(1, 0);
  assert.deepEqual(marks.order, [1, 3, 2]);
  marks.place(1, 2);
  assert.deepEqual(marks.order, [3, 2, 1]);
  marks.leaveBlank(true);
  assert.deepEqual(marks.values, [0, 0, 0, 0]);
  assert.equal(marks.problem, null);
});

const choice = { answers, min: 1, max: 1, question: 'q' };
const ranking = { type: 'NonHomomorphic', value: { answers, question: 'r' } };

test('a locked ballot waits through a lost line and a closed tab, and is the same ballot', async () => {
  const store = new Store();
  const e = await election('Ed25519', [choice]);
  const voter = await newCredential(e.group, new Chance());
  const visit = new Visit(e, store);
  assert.ok(!visit.waiting && visit.receipt === null);
  assert.equal(await visit.lock(voter, [[0, 1, 0]]), true);
  const sent = [];
  await assert.rejects(visit.cast(async (text) => { sent.push(text); throw new Error('no signal'); }), /no signal/);
  assert.ok(visit.waiting);

  const later = new Visit(e, store);
  assert.ok(later.waiting);
  const tracker = await later.cast(async (text) => { sent.push(text); return (await checkBallot(e, text)).tracker; });
  assert.equal(sent[0], sent[1]);
  assert.equal(later.receipt, tracker);
  assert.ok(!later.waiting);
  assert.equal(new Visit(e, store).receipt, tracker);
  assert.ok(![...store.items.values()].join().includes(sent[0]), 'the ballot is not kept after the receipt');
});

test('nothing that opens a ballot is kept', async () => {
  const store = new Store();
  const e = await election('Ed25519', [choice]);
  const voter = await newCredential(e.group, new Chance());
  const visit = new Visit(e, store);
  await visit.lock(voter, [[0, 1, 0]]);
  const kept = [...store.items.values()].join();
  for (const secret of [visit.opening.seed, voter.secret.toString(), 'values', 'seed']) assert.ok(!kept.includes(secret), secret);
});

test('another tracker in the answer is no receipt', async () => {
  const e = await election('Ed25519', [choice]);
  const visit = new Visit(e, new Store());
  await visit.lock(await newCredential(e.group, new Chance()), [[1, 0, 0]]);
  await assert.rejects(visit.cast(async () => 'x'), /another|not/);
  assert.ok(visit.waiting);
});

test('a device that keeps nothing can cast nevertheless, and says so', async () => {
  const e = await election('Ed25519', [choice]);
  const visit = new Visit(e, full);
  assert.equal(await visit.lock(await newCredential(e.group, new Chance()), [[1, 0, 0]]), false);
  await visit.cast(async (text) => (await checkBallot(e, text)).tracker);
  assert.notEqual(visit.receipt, null);
});

test('what was kept for another file of the election is not taken for this one', async () => {
  const store = new Store();
  const e = await election('Ed25519', [choice]);
  await new Visit(e, store).lock(await newCredential(e.group, new Chance()), [[1, 0, 0]]);
  assert.ok(!new Visit(await election('Ed25519', [choice], 'other'), store).waiting);
});

test('a vote that the question does not admit is not locked', async () => {
  const e = await election('Ed25519', [choice]);
  const visit = new Visit(e, new Store());
  await assert.rejects(visit.lock(await newCredential(e.group, new Chance()), [[1, 1, 0]]));
  assert.ok(!visit.waiting);
});

for (const [name, question, values] of [['Ed25519', choice, [0, 0, 1]], ['BELENIOS-2048', choice, [1, 0, 0]], ['RFC-3526-2048', ranking, [0, 2, 1]]]) {
  test(`a spoilt ballot in ${name} is opened on another device from a QR code, and cannot be cast here`, async () => {
    const e = await election(name, [question]);
    const voter = await newCredential(e.group, new Chance());
    const visit = new Visit(e, new Store());
    await visit.lock(voter, [values]);
    const { tracker } = visit.kept;
    const spoilt = visit.spoil();
    await assert.rejects(visit.cast(async () => tracker), /no ballot/);
    const list = ['12', voter.text];
    const text = writeOpening(e, list, spoilt);
    assert.match(text, /^[\w.-]+$/);
    assert.ok(text.length < 700, `${text.length} letters`);
    assert.equal(electionOfOpening(text), e.uuid);
    const read = readOpening(e, list, text);
    assert.equal(read.tracker, tracker);
    assert.deepEqual(await openSpoilt(e, read.tracker, read.opening), [values]);
    const other = { ...read.opening, values: [[...values].reverse()] };
    await assert.rejects(openSpoilt(e, read.tracker, other));
    for (const wrong of [text.replace(e.uuid, 'abcdefghijkmnop'), text.replace('.1.', '.2.'), text + '.x', '']) {
      assert.throws(() => readOpening(e, list, wrong), undefined, wrong);
    }
  });
}
