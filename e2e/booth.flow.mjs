// The polling booth, as voters use it: a board of its own that has the public files and takes ballots, and knows the election's
// secret key, so that each test can say what is in the ballot that arrived.
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkBallot } from '../web/booth/check.js';
import { credentialFromCode, newCredential } from '../web/booth/credential.js';
import { readElection } from '../web/booth/election.js';
import { groupNamed } from '../web/booth/group.js';
import { Chance } from '../web/booth/random.js';
import { wordsOfTracker } from '../web/booth/words.js';
import { writeBooth } from '../web/booth.mjs';
import { checkPage } from './harness/check_page.mjs';
import { expect, test } from './harness/test.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const people = ['Siobhan Keane', 'Wasim Haddad', 'Bethan Pryce', 'Tomasz Wilk'];
const code = '7Tq-4hZ-9aB-2Kc-'; // and a last part that makes the checksum right
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.json': 'application/json' };

const polls = {
  choice: {
    uuid: 'VoteAboutRota234', group: 'BELENIOS-2048', name: 'Staff ballot on the rota', revote: 'first-counts',
    questions: [{ answers: ['Yes', 'No'], blank: true, min: 1, max: 1, question: 'Should the new rota begin in March?' }],
  },
  several: {
    uuid: 'TwoQuestions2345', group: 'Ed25519', name: 'Two questions',
    questions: [{ answers: people, min: 1, max: 2, question: 'Choose your representatives' }, { answers: ['For', 'Against'], min: 1, max: 1, question: 'For or against?' }],
  },
  ranking: {
    uuid: 'StaffBoard123456', group: 'RFC-3526-2048', name: 'Staff council election, community nursing',
    questions: [{ type: 'NonHomomorphic', value: { answers: people, question: 'Rank the people you would like to see elected' } }],
  },
};

let server;
let address;
let folder;
let typed;
const boards = new Map(); // uuid to {bytes, election, secret, list, ballots, answer}

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'commonweal-booth-'));
  cpSync(join(root, 'internal', 'web', 'static', 'dist'), folder, { recursive: true });
  writeBooth(folder);
  typed = withChecksum(code);
  for (const { uuid, group: name, name: title, questions, revote } of Object.values(polls)) {
    const group = groupNamed(name);
    const key = await newCredential(group, new Chance());
    const bytes = new TextEncoder().encode(JSON.stringify({ version: 1, description: '', name: title, group: name, public_key: key.text, questions, uuid, commonweal: { revote } }));
    const voter = await credentialFromCode(group, uuid, typed);
    const other = await newCredential(group, new Chance());
    boards.set(uuid, { bytes, election: await readElection(bytes), secret: key.secret, list: [other.text, voter.text], ballots: [], answer: null });
  }
  server = createServer(handle);
  await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
  address = `http://127.0.0.1:${server.address().port}`;
});

test.afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test.beforeEach(() => { for (const board of boards.values()) Object.assign(board, { ballots: [], answer: null }); });

async function handle(request, response) {
  const send = (status, type, body) => response.writeHead(status, { 'Content-Type': type }).end(body);
  const [, uuid, what] = /^\/board\/(\w+)\/([\w.]+)$/.exec(request.url) ?? [];
  const board = boards.get(uuid);
  if (board && what === 'election.json') return send(200, types['.json'], board.bytes);
  if (board && what === 'credentials.json') return send(200, types['.json'], JSON.stringify(board.list));
  if (board && what === 'ballots' && request.method === 'POST') {
    let text = '';
    for await (const part of request) text += part;
    if (board.answer?.status === 303) return response.writeHead(303, { Location: '/sign-in' }).end();
    if (board.answer) return send(board.answer.status, types['.json'], JSON.stringify(board.answer.body));
    const { tracker } = await checkBallot(board.election, text);
    board.ballots.push(text);
    return send(200, types['.json'], JSON.stringify({ tracker }));
  }
  const name = request.url.replace(/^\/(?:static|booth)\//, '').replace(/[?#].*$/, '');
  try {
    return send(200, types[extname(name)] ?? 'text/plain', readFileSync(join(folder, name)));
  } catch {
    return send(404, 'text/plain', 'not here');
  }
}

/** The fifteenth character of a code of fourteen, after the specification of Belenios 2.0, section 4.8. */
function withChecksum(start) {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  const fourteen = `${start.replaceAll('-', '')}Mz`;
  const n = [...fourteen].reduce((sum, c) => sum * 58n + BigInt(alphabet.indexOf(c)), 0n);
  return `${start}Mz${alphabet[53 - Number(n % 53n)]}`;
}

/** What a ballot holds, by the election's secret key. */
function opened({ election, secret }, text) {
  const { group, questions } = election;
  const plain = ({ alpha, beta }) => group.times(group.parse(beta), group.powers(group.parse(alpha)).power(group.q - secret));
  return JSON.parse(text).answers.map((answer, i) => {
    if (!questions[i].ranked) return answer.choices.map((c) => (group.same(plain(c), group.identity) ? 0 : 1));
    let rest = plain(answer.choices) >> 8n;
    return questions[i].answers.map(() => { const v = Number(rest & 255n); rest >>= 8n; return v; }).reverse();
  });
}

const board = (poll) => boards.get(poll.uuid);
const heading = (page, text) => expect(page.getByRole('heading', { level: 1 })).toHaveText(text);
const press = (page, name) => page.getByRole('button', { name }).click();
const wordsShown = async (page) => (await page.locator('.cw-words').innerText()).replace(/\s+/g, ' ').trim();

async function enter(page, poll) {
  await page.goto(`${address}/booth/booth.html#${poll.uuid}`);
  await heading(page, 'Your voting code');
  await page.getByLabel('Code', { exact: true }).fill(typed);
  await press(page, 'Continue');
}

test('a vote is chosen, checked, locked, cast and found again', async ({ page }) => {
  await enter(page, polls.choice);
  await heading(page, polls.choice.questions[0].question);
  await checkPage(page);
  await press(page, 'Check my vote');
  await expect(page.getByRole('alert')).toContainText('You have chosen nothing. Choose 1 of 2, or leave your ballot blank.');
  await checkPage(page);
  await page.getByLabel('No', { exact: true }).check();
  await press(page, 'Check my vote');
  await heading(page, 'Check your vote');
  await expect(page.getByRole('main')).toContainText('Once cast, a vote cannot be changed.');
  await expect(page.getByRole('main')).toContainText(wordsOfTracker(board(polls.choice).election.fingerprint));
  await checkPage(page);
  await press(page, 'Lock my vote');
  await heading(page, 'Your vote is locked');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await checkPage(page);
  expect(board(polls.choice).ballots, 'nothing is sent before it is cast').toEqual([]);
  const words = await wordsShown(page);
  await press(page, 'Cast my vote');
  await heading(page, 'Your vote is cast');
  await checkPage(page);
  expect(await wordsShown(page)).toBe(words);

  const { ballots } = board(polls.choice);
  expect(ballots.length).toBe(1);
  expect(opened(board(polls.choice), ballots[0])).toEqual([[0, 0, 1]]);
  expect(wordsOfTracker((await checkBallot(board(polls.choice).election, ballots[0])).tracker)).toBe(words);

  const saved = page.waitForEvent('download');
  await press(page, 'Save this receipt');
  const receipt = readFileSync(await (await saved).path(), 'utf8');
  expect(receipt).toContain(words);
  await page.reload();
  await heading(page, 'Your vote is cast');
  expect(await wordsShown(page), 'the receipt stays on the device').toBe(words);
});

test('a blank vote is a vote', async ({ page }) => {
  await enter(page, polls.choice);
  await page.getByLabel('Yes', { exact: true }).check();
  await page.getByLabel('Leave my ballot blank').check();
  await press(page, 'Check my vote');
  await expect(page.getByRole('main')).toContainText('You leave your ballot blank.');
  await press(page, 'Lock my vote');
  await press(page, 'Cast my vote');
  await heading(page, 'Your vote is cast');
  expect(opened(board(polls.choice), board(polls.choice).ballots[0])).toEqual([[1, 0, 0]]);
});

test('two questions, one a page, and back again', async ({ page }) => {
  await enter(page, polls.several);
  for (const who of [people[0], people[1], people[3]]) await page.getByLabel(who).check();
  await press(page, 'Next question');
  await expect(page.getByRole('alert')).toContainText('You have chosen 3. Choose from 1 to 2 of 4.');
  await page.getByLabel(people[1]).uncheck();
  await press(page, 'Next question');
  await page.getByLabel('Against').check();
  await press(page, 'Back');
  await expect(page.getByLabel(people[3])).toBeChecked();
  await press(page, 'Next question');
  await expect(page.getByLabel('Against')).toBeChecked();
  await press(page, 'Check my vote');
  await press(page, 'Lock my vote');
  await press(page, 'Cast my vote');
  await heading(page, 'Your vote is cast');
  expect(opened(board(polls.several), board(polls.several).ballots[0])).toEqual([[1, 0, 0, 1], [0, 1]]);
  const words = await wordsShown(page);
  await press(page, 'Vote again, or let somebody else vote here');
  await heading(page, 'Your voting code');
  await page.getByLabel('Code', { exact: true }).fill(typed);
  await press(page, 'Continue');
  await expect(page.getByRole('checkbox', { checked: true }), 'nothing is left of the vote before').toHaveCount(0);
  await page.getByLabel(people[2]).check();
  await press(page, 'Next question');
  await page.getByLabel('For', { exact: true }).check();
  await press(page, 'Check my vote');
  await expect(page.getByRole('main')).toContainText('The rules of this election count your last vote.');
  await press(page, 'Lock my vote');
  await press(page, 'Cast my vote');
  await heading(page, 'Your vote is cast');
  expect(await wordsShown(page)).not.toBe(words);
  expect(opened(board(polls.several), board(polls.several).ballots[1])).toEqual([[0, 0, 1, 0], [1, 0]]);
});

test('an order is made with the keyboard alone, and each move is said', async ({ page }) => {
  await enter(page, polls.ranking);
  await heading(page, 'Rank the people you would like to see elected');
  await checkPage(page);
  const button = (name) => page.getByRole('button', { name });
  const push = async (name) => { await button(name).focus(); await page.keyboard.press('Enter'); };
  const said = (text) => expect(page.getByRole('status')).toHaveText(text);
  await push('Add Bethan Pryce as 1st');
  await said('Bethan Pryce is now your 1st choice.');
  await push('Add Siobhan Keane as 2nd');
  await push('Add Tomasz Wilk as 3rd');
  await push('Move Tomasz Wilk up to choice 2');
  await said('Tomasz Wilk is now your 2nd choice.');
  await expect(button('Move Tomasz Wilk up to choice 1'), 'the focus stays with the row').toBeFocused();
  await push('Take Siobhan Keane out of your order');
  await said('Siobhan Keane is not ranked.');
  await expect(button('Add Siobhan Keane as 3rd')).toBeFocused();
  await push('Add Wasim Haddad as 3rd');
  await checkPage(page);
  await press(page, 'Check my vote');
  await expect(page.getByRole('main')).toContainText('You have not ranked Siobhan Keane. That is fine.');
  await checkPage(page);
  await press(page, 'Lock my vote');
  await press(page, 'Cast my vote');
  await heading(page, 'Your vote is cast');
  expect(opened(board(polls.ranking), board(polls.ranking).ballots[0])).toEqual([[0, 3, 1, 2]]);
});

test('an order is dragged', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await enter(page, polls.ranking);
  for (const [i, who] of people.entries()) await page.getByRole('button', { name: new RegExp(`Add ${who} as ${i + 1}`) }).click();
  const rows = page.locator('ol.cw-rank > li');
  const from = await rows.nth(3).locator('.cw-grip').boundingBox();
  const to = await rows.nth(0).boundingBox();
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x, to.y + 100, { steps: 5 });
  await page.mouse.move(from.x, to.y + 10, { steps: 5 });
  await page.mouse.up();
  await expect(rows.locator('b')).toHaveText(['Tomasz Wilk', 'Siobhan Keane', 'Wasim Haddad', 'Bethan Pryce']);
  await expect(page.getByRole('status')).toHaveText('Tomasz Wilk is now your 1st choice.');
});

test('an empty order is asked about, and may be meant', async ({ page }) => {
  await enter(page, polls.ranking);
  await press(page, 'Check my vote');
  await expect(page.getByRole('alert')).toContainText('You have not ranked anybody.');
  await press(page, 'Leave my ballot blank');
  await press(page, 'Lock my vote');
  await press(page, 'Cast my vote');
  await heading(page, 'Your vote is cast');
  expect(opened(board(polls.ranking), board(polls.ranking).ballots[0])).toEqual([[0, 0, 0, 0]]);
});

test('a lost line, an ended session and a closed tab lose nothing', async ({ page, allowed }) => {
  allowed.push(/status of 401/, /ERR_INTERNET_DISCONNECTED/, /status of 409/);
  await enter(page, polls.several);
  await page.getByLabel(people[2]).check();
  await press(page, 'Next question');
  await page.getByLabel('For', { exact: true }).check();
  await press(page, 'Check my vote');
  await press(page, 'Lock my vote');
  await heading(page, 'Your vote is locked');
  const words = await wordsShown(page);

  await page.context().setOffline(true);
  await press(page, 'Cast my vote');
  await expect(page.getByRole('alert')).toContainText('It has not reached us. Try again when you have signal');
  await checkPage(page);
  await page.context().setOffline(false);

  const { uuid } = polls.several;
  boards.get(uuid).answer = { status: 401, body: { message: 'You are not signed in.' } };
  await press(page, 'Cast my vote');
  await expect(page.getByRole('alert')).toContainText('you are not signed in');
  await expect(page.getByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/sign-in');

  boards.get(uuid).answer = { status: 409, body: { message: 'You have voted on paper already.' } };
  await press(page, 'Cast my vote');
  await expect(page.getByRole('alert')).toContainText('It was not taken: You have voted on paper already.');

  boards.get(uuid).answer = { status: 303 };
  await press(page, 'Cast my vote');
  await expect(page.getByRole('alert'), 'being sent to sign in is no answer either').toContainText('you are not signed in');

  boards.get(uuid).answer = { status: 200, body: { tracker: 'another' } };
  await press(page, 'Cast my vote');
  await expect(page.getByRole('alert')).toContainText('The answer was not about your vote');

  await page.reload();
  await heading(page, 'Your vote is locked and waits on this device');
  expect(await wordsShown(page)).toBe(words);
  boards.get(uuid).answer = null;
  await press(page, 'Cast my vote');
  await heading(page, 'Your vote is cast');
  expect(await wordsShown(page)).toBe(words);
  expect(opened(board(polls.several), board(polls.several).ballots[0])).toEqual([[0, 0, 1, 0], [1, 0]]);
});

test('the lock is tested on a second device, and that ballot is never cast', async ({ page, context }) => {
  await enter(page, polls.choice);
  await page.getByLabel('Yes', { exact: true }).check();
  await press(page, 'Check my vote');
  await press(page, 'Lock my vote');
  const words = await wordsShown(page);
  await press(page, 'Test the lock instead');
  await heading(page, 'Test the lock on a second device');
  await checkPage(page);
  expect(await wordsShown(page)).toBe(words);
  const link = await page.getByRole('link', { name: 'The link to open on the other device' }).getAttribute('href');

  const second = await context.newPage();
  await second.goto(link);
  await heading(second, 'The ballot opens');
  expect(await wordsShown(second)).toBe(words);
  await expect(second.getByRole('listitem')).toHaveText(['Yes']);
  await checkPage(second);
  const parts = link.split('.');
  const values = parts.findIndex((part) => part === '000100');
  parts[values] = '000001';
  await second.goto(parts.join('.'));
  await heading(second, 'The ballot does not open');
  await second.close();

  expect(board(polls.choice).ballots).toEqual([]);
  await press(page, 'Mark my vote again');
  await heading(page, polls.choice.questions[0].question);
  await press(page, 'Check my vote');
  await press(page, 'Lock my vote');
  await heading(page, 'Your vote is locked');
  expect(await wordsShown(page), 'another lock').not.toBe(words);
});

test('a wrong code is told apart from a mistyped one', async ({ page }) => {
  await page.goto(`${address}/booth/booth.html#${polls.choice.uuid}`);
  await heading(page, 'Your voting code');
  await checkPage(page);
  const attempt = async (text, told) => {
    await page.getByLabel('Code', { exact: true }).fill(text);
    await press(page, 'Continue');
    await expect(page.getByRole('alert')).toContainText(told);
  };
  await attempt('', 'Type the code from your letter.');
  await attempt(typed.slice(0, -1), 'a code has 15 letters and numbers');
  await attempt(`${typed.slice(0, -1)}${typed.endsWith('2') ? '3' : '2'}`, 'a character is mistyped');
  await attempt(withChecksum('111-111-111-111-'), 'not on the list');
  await page.getByRole('link', { name: /not on the list/ }).click();
  await expect(page.getByLabel('Code', { exact: true })).toBeFocused();
  await checkPage(page);
});

test('a key that enrolling left on the device is used', async ({ page }) => {
  const { election, list } = board(polls.choice);
  const voter = await credentialFromCode(election.group, election.uuid, typed);
  expect(list).toContain(voter.text);
  await page.goto(`${address}/booth/booth.html`);
  await heading(page, 'Which vote?');
  await page.evaluate(([name, value]) => localStorage.setItem(name, value), [`commonweal.key.${election.uuid}`, voter.secret.toString()]);
  await page.goto(`${address}/booth/booth.html#${election.uuid}.${election.fingerprint}`);
  await heading(page, polls.choice.questions[0].question);
});

test('an election other than the one in the notice is not opened', async ({ page }) => {
  const other = board(polls.ranking).election.fingerprint;
  await page.goto(`${address}/booth/booth.html#${polls.choice.uuid}.${other}`);
  await heading(page, 'The booth could not go on');
  await expect(page.getByRole('main')).toContainText('not the election that the notice of poll names');
  await checkPage(page);
});

test('the page and what it runs are pinned by hash, and fit the narrowest phone', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await enter(page, polls.ranking);
  await page.getByRole('button', { name: 'Add Wasim Haddad as 1st' }).click();
  await checkPage(page);
  for (const tag of ['script', 'link[rel=stylesheet]']) {
    for (const element of await page.locator(tag).all()) expect(await element.getAttribute('integrity')).toMatch(/^sha256-/);
  }
});
