// A vote as a newcomer holds it with the demonstration, from the booth to the archive that two programs verify: docs say it
// takes fifteen minutes. It lets time pass, so it has a server of its own.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPage } from './harness/check_page.mjs';
import { expect, test } from './harness/test.mjs';

const url = () => process.env.WHOLE_URL;
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const heading = (page, text) => expect(page.getByRole('heading', { level: 1 })).toHaveText(text);
const press = (page, name) => page.getByRole('main').getByRole('button', { name }).click();

test.describe.configure({ mode: 'serial' });
test.skip(() => !process.env.WHOLE_URL, 'COMMONWEAL_BIN names no program');

/** Becomes an invented person. */
async function be(page, name) {
  await page.goto(`${url()}/demo?name=${name.split(' ')[0]}`);
  await page.getByRole('button', { name }).first().click();
  await page.waitForURL('**/home');
}

/** What the person keeps at home: a code to vote with, or a part of a key. */
async function drawer(page, under) {
  await page.goto(`${url()}/demo/drawer`);
  const said = page.getByRole('main').locator('p').filter({ hasText: under }).first();
  return (await said.locator('xpath=following-sibling::p[1]').innerText()).trim();
}

async function vote(page, name, answer, another) {
  await be(page, name);
  const code = await drawer(page, 'Twelve-hour shifts. You are voter');
  await page.goto(`${url()}/votes/shifts/staff`);
  const words = (await page.locator('.cw-words').first().innerText()).replace(/\s+/g, ' ').trim();
  await page.getByRole('main').getByText('Go to the booth').click();
  if (another) await page.getByText('Let somebody else vote on this device').click();
  await page.getByLabel('Code', { exact: true }).fill(code);
  await press(page, 'Continue');
  await page.getByLabel(answer, { exact: true }).check();
  await press(page, 'Check my vote');
  await expect(page.getByRole('main'), 'the booth has the election that the notice names').toContainText(words);
  await press(page, 'Lock my vote');
  await press(page, 'Cast my vote');
  await heading(page, 'Your vote is cast');
  return (await page.locator('.cw-words').innerText()).replace(/\s+/g, ' ').trim();
}

let board;
const trackers = [];

test('two people vote, and find their ballots on the board', async ({ page }) => {
  trackers.push(await vote(page, 'Amara Okafor', 'Yes'), await vote(page, 'Dev Malhotra', 'No', 'after Amara'));
  board = await page.getByRole('link', { name: 'Find it on the board' }).getAttribute('href');
  board = new URL(board, url()).href.replace(/#.*/, '');
  await page.goto(board);
  for (const words of trackers) {
    await page.getByLabel('Your four words').fill(words);
    await press(page, 'Find it');
    await expect(page.getByRole('main')).toContainText(words);
    await page.goto(board);
  }
  await page.goto(`${url()}/votes/shifts/staff`);
  await expect(page.getByRole('main')).toContainText('You have voted on the web');
});

test('after the close two keyholders open the votes in their browsers, and they are counted and declared', async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await be(page, 'Ivo Brackenridge');
  await page.goto(`${url()}/demo`);
  await page.getByRole('button', { name: 'Twelve-hour shifts: voting closes' }).click();
  await expect(page.getByRole('main').or(page.getByRole('alert')).first()).toContainText('Time has passed');
  // The papers are reckoned up before anybody can know how the others stand.
  await be(page, 'Ivo Brackenridge');
  await page.goto(`${url()}/votes/conduct/shifts/result/staff`);
  await expect(page.getByRole('main')).toContainText('Reckon up the votes on paper');
  await page.goto(`${url()}/votes/shifts/staff/paper/sign/paper`);
  for (const question of ['How many papers were given out?', 'How many were handed back spoilt, and others given for them?', 'How many did not come back?']) {
    await page.getByLabel(question).fill('0');
  }
  await press(page, 'Continue');
  await press(page, 'Sign the reckoning');
  for (const name of ['Tomos Pugh', 'Oscar Quayle']) {
    // Each on a device of their own: a browser opens one tally of an election.
    const own = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
    await be(own, name);
    const secret = await drawer(own, 'Twelve-hour shifts. You are keyholder');
    await own.goto(`${url()}/votes/shifts/staff/open`);
    await checkPage(own);
    await own.getByLabel('Or type it from paper').fill(secret);
    await press(own, 'Open my part of the votes');
    await own.waitForURL('**/open?done=opened');
    await heading(own, 'Your part is opened');
    await own.context().close();
  }

  await be(page, 'Ivo Brackenridge');
  await page.goto(`${url()}/votes/conduct/shifts/result/staff`);
  await press(page, 'Open the votes');
  await page.getByRole('link', { name: 'Look at the result and declare it' }).click();
  await checkPage(page);
  await press(page, /Declare/);
  await page.waitForURL('**/staff?done=declared');
  await page.goto(`${board}/result`);
  await expect(page.getByRole('main')).toContainText('It is carried');
  await checkPage(page);
  await page.context().close();
});

test('two programs verify the archive', async ({ page }) => {
  test.skip(!board, 'nobody has voted');
  const folder = mkdtempSync(join(tmpdir(), 'commonweal-whole-'));
  try {
    const uuid = board.split('/').pop();
    const file = join(folder, `${uuid}.bel`);
    writeFileSync(file, await (await page.request.get(`${board}/archive.bel`)).body());
    const report = execFileSync(resolve(root, process.env.COMMONWEAL_BIN), ['election', 'verify', file], { encoding: 'utf8' });
    expect(report).toContain('all agrees');
    for (const words of trackers) expect(execFileSync(resolve(root, process.env.COMMONWEAL_BIN), ['election', 'trackers', file], { encoding: 'utf8' })).toContain(words);
    execFileSync('belenios-tool', ['election', 'verify', '--dir', folder], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
