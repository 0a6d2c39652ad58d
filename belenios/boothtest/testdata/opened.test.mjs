// A keyholder's device opens one tally of an election and no other.
import assert from 'node:assert/strict';
import test from 'node:test';
import { noteOpened, wasOpened } from '../../../web/keyholder/opened.js';

class Store {
  constructor() { this.items = new Map(); }

  getItem(name) { return this.items.get(name) ?? null; }

  setItem(name, value) { this.items.set(name, value); }
}

const election = { uuid: '7Fq3xyzABCDEFG' };

test('the same tally may be opened again, as after a lost line', () => {
  const store = new Store();
  assert.equal(wasOpened(store, election, 'aa'), false);
  noteOpened(store, election, 'aa');
  noteOpened(store, election, 'aa');
  assert.equal(wasOpened(store, election, 'aa'), true);
});

test('another tally of the same election is refused, and the first stays noted', () => {
  const store = new Store();
  noteOpened(store, election, 'aa');
  assert.throws(() => noteOpened(store, election, 'bb'), /another tally/);
  assert.equal(wasOpened(store, election, 'aa'), true);
  assert.equal(wasOpened(store, election, 'bb'), false);
});

test('each election has a note of its own', () => {
  const store = new Store();
  noteOpened(store, election, 'aa');
  noteOpened(store, { uuid: 'ABCDEFG7Fq3xyz' }, 'bb');
});

test('a browser that keeps nothing opens nothing', () => {
  assert.throws(() => noteOpened({ getItem: () => null, setItem() {} }, election, 'aa'), /keeps nothing/);
});
