// How long a voter waits: locks ten answers in Chromium with its processor slowed four times, which is about a telephone.
//
//   node belenios/boothtest/speed.mjs        (after `make e2e/node_modules`; CHROMIUM names another browser)
//
// Each figure is the median of five visits, each to a page just opened, so nothing is compiled or computed beforehand but what
// "open" says: reading the election and making the steps of its key, while the voter reads.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from '../../e2e/node_modules/@playwright/test/index.mjs';

const throttle = Number(process.env.THROTTLE ?? 4);
const visits = Number(process.env.VISITS ?? 5);

const ten = Array.from({ length: 10 }, (_, i) => `Answer ${i + 1}`);
const one = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
const cases = [
  ['choose one of ten', 'BELENIOS-2048', { answers: ten, min: 1, max: 1, question: 'q' }, one],
  ['choose up to ten of ten', 'BELENIOS-2048', { answers: ten, min: 0, max: 10, question: 'q' }, one],
  ['choose one of ten or blank', 'BELENIOS-2048', { answers: ten, blank: true, min: 1, max: 1, question: 'q' }, [0, ...one]],
  ['choose one of ten', 'Ed25519', { answers: ten, min: 1, max: 1, question: 'q' }, one],
  ['choose up to ten of ten', 'Ed25519', { answers: ten, min: 0, max: 10, question: 'q' }, one],
  ['rank ten', 'RFC-3526-2048', { type: 'NonHomomorphic', value: { answers: ten, question: 'q' } }, [3, 1, 2, 4, 5, 0, 0, 0, 6, 7]],
  ['choose one of ten', 'RFC-3526-2048', { answers: ten, min: 1, max: 1, question: 'q' }, one],
];

const server = createServer((request, response) => {
  const name = request.url.slice(1);
  response.setHeader('Content-Type', name.endsWith('.js') ? 'text/javascript' : 'text/html');
  try {
    response.end(name.endsWith('.js') ? readFileSync(new URL(`../../web/booth/${name}`, import.meta.url)) : '<!DOCTYPE html><title>speed</title>');
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
console.log(`Chromium ${browser.version()}, slowed ${throttle} times; median of ${visits} visits, in milliseconds`);
console.log(`${'what'.padEnd(30)}${'group'.padEnd(16)}${'open'.padStart(8)}${'lock'.padStart(8)}${'check'.padStart(8)}`);
for (const [what, group, question, values] of cases) {
  const times = [];
  for (let i = 0; i < visits; i++) times.push(await visit(group, question, values));
  const median = (name) => Math.round(times.map((t) => t[name]).sort((a, b) => a - b)[Math.floor(visits / 2)]);
  console.log(what.padEnd(30) + group.padEnd(16) + ['open', 'lock', 'check'].map((name) => String(median(name)).padStart(8)).join(''));
}
await browser.close();
server.close();

async function visit(group, question, values) {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  const times = await page.evaluate(async ([group, question, values]) => {
    const [{ readElection }, { lock }, { checkBallot }, { newCredential }, { Chance }, { groupNamed }] = await Promise.all(
      ['election', 'ballot', 'check', 'credential', 'random', 'group'].map((name) => import(`/${name}.js`)));
    const g = groupNamed(group);
    const voter = await newCredential(g, new Chance());
    const key = (await newCredential(g, new Chance())).text;
    const file = { version: 1, description: '', name: '', group, public_key: key, questions: [question], uuid: '7Fq3xyzABCDEFG' };
    const bytes = new TextEncoder().encode(JSON.stringify(file));
    const at = [performance.now()];
    const election = await readElection(bytes);
    at.push(performance.now());
    const { text } = await lock(election, voter, [values], new Chance());
    at.push(performance.now());
    await checkBallot(election, text);
    at.push(performance.now());
    return { open: at[1] - at[0], lock: at[2] - at[1], check: at[3] - at[2] };
  }, [group, question, values]);
  await page.close();
  return times;
}
