// The registrar's page that makes codes, in front of a server of its own that gives the list and takes the public parts, so that
// each test can say what arrived: never a code, and of each code its public part.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { credentialFromCode } from '../web/booth/credential.js';
import { groupNamed } from '../web/booth/group.js';
import { joined } from '../web/booth.mjs';
import { checkAxe, checkWidth } from './harness/check_page.mjs';
import { expect, test } from './harness/test.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'internal', 'web', 'static', 'dist');
const style = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'))['commonweal.css'];
const todo = {
  form: 'commonweal/codes-to-make/1', uuid: 'VoteAboutRota234', group: 'Ed25519',
  letter: { organisation: 'Severn & Wye', title: 'Staff ballot on the rota', how: ['Open the booth.'], care: ['Show it to nobody.'], signed: 'Olwen Hart, registrar' },
  voters: [{ number: 7, weight: 1 }, { number: 2, weight: 1 }], spares: [{ weight: 1, count: 3 }],
};
const html = `<!doctype html><html lang="en" class="nhsuk-template"><head><meta charset="utf-8"><title>Make the codes - Severn &amp; Wye</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><link rel="stylesheet" href="/${style}"><script type="module" src="/codes.js"></script></head>
<body class="nhsuk-template__body cw-page"><main id="maincontent"><div class="nhsuk-width-container nhsuk-main-wrapper"><h1>Make the codes</h1>
<div class="cw-measure" id="make-codes" data-work="/to-make.json" data-names="/with-names.json" data-send="/credentials" data-done="/done" data-file="VoteAboutRota234"></div></div></main></body></html>`;

let server;
let address;
let arrived; // forms, as they came
let answer;

test.beforeAll(async () => {
  const script = joined(join(root, 'web', 'credential', 'page.js'));
  const files = {
    '/': ['text/html', html], '/codes.js': ['text/javascript', script], [`/${style}`]: ['text/css', readFileSync(join(dist, style))],
    '/to-make.json': ['application/json', JSON.stringify(todo)],
    '/with-names.json': ['application/json', JSON.stringify({ ...todo, voters: [{ ...todo.voters[0], name: 'Bryn <b>Hart</b>' }, todo.voters[1]] })],
  };
  server = createServer(async (request, response) => {
    const [type, body] = files[request.url] ?? [];
    if (request.method === 'POST') {
      const parts = [];
      for await (const part of request) parts.push(part);
      arrived.push(Buffer.concat(parts).toString());
      response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer.body));
    } else response.writeHead(type ? 200 : 404, { 'Content-Type': type ?? 'font/woff2' }).end(body);
  });
  await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
  address = `http://127.0.0.1:${server.address().port}/`;
});

test.afterAll(() => server.close());

test.beforeEach(async ({ page, allowed }) => {
  allowed.push(/woff2/, /status of 4\d\d/);
  arrived = [];
  answer = { status: 200, body: { voters: 2, spares: 3, left_out: [] } };
  await page.goto(address);
});

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const letters = (page) => page.locator('.cw-letter');

test('codes are made, saved and printed here, and only their public parts are sent', async ({ page }) => {
  await checkAxe(page);
  await page.getByLabel('Put names on the letters').check();
  await press(page, 'Make the codes');
  await expect(page.getByRole('heading', { name: '5 codes are made' })).toBeFocused();
  await checkAxe(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await checkWidth(page);

  await press(page, 'Send the public parts');
  await expect(page.getByRole('alert')).toContainText('Save the file of codes first.');
  expect(arrived, 'nothing is sent that is not saved').toEqual([]);
  const saving = page.waitForEvent('download');
  await press(page, 'Save the file of codes');
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('VoteAboutRota234.privcreds');
  const lines = readFileSync(await saved.path(), 'utf8').trimEnd().split('\n');
  expect(lines.shift()).toBe('# codes of VoteAboutRota234: secret');
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['7', '2', 'spare-1', 'spare-2', 'spare-3']);

  await expect(letters(page).first(), 'letters are not shown on the screen').toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(letters(page)).toHaveCount(5);
  await expect(letters(page).first()).toBeVisible();
  await expect(letters(page).first()).toContainText('Voter 7. Your code to vote with is:');
  await expect(letters(page).first(), 'a name is a text and no markup').toContainText('Bryn <b>Hart</b>');
  await expect(page.locator('#make-codes'), 'on paper there are the letters alone').toBeHidden();
  for (const [i, line] of lines.entries()) {
    const [, , code, mark] = line.split(' ');
    await expect(letters(page).nth(i)).toContainText(code);
    await expect(letters(page).nth(i)).toContainText(mark);
  }
  await page.emulateMedia({ media: 'screen' });

  await press(page, 'Send the public parts');
  await expect(page.getByRole('heading', { name: 'The public parts are sent' })).toBeFocused();
  expect(arrived.length).toBe(1);
  const sent = JSON.parse(arrived[0].slice(arrived[0].indexOf('{'), arrived[0].lastIndexOf('}') + 1));
  expect(sent.codes.map(({ voter, spare }) => voter ?? -spare)).toEqual([7, 2, -1, -2, -3]);
  for (const [i, line] of lines.entries()) {
    const code = line.split(' ')[2];
    expect(arrived[0], 'no code leaves the page').not.toContain(code);
    expect(sent.codes[i].public).toBe((await credentialFromCode(groupNamed(todo.group), todo.uuid, code)).text);
  }
});

test('a refusal loses no code, and who made a key meanwhile has no letter any more', async ({ page }) => {
  await press(page, 'Make the codes');
  const saving = page.waitForEvent('download');
  await press(page, 'Save the file of codes');
  await saving;
  await page.getByLabel('By mail from my own computer').check();
  answer = { status: 422, body: { message: 'Voter 2 has a code already.' } };
  await press(page, 'Send the public parts');
  await expect(page.getByRole('alert')).toContainText('Voter 2 has a code already.');
  answer = { status: 401, body: {} };
  await press(page, 'Send the public parts');
  await expect(page.getByRole('alert')).toContainText('You are not signed in any more.');
  await expect(letters(page)).toHaveCount(5);
  answer = { status: 200, body: { voters: 1, spares: 3, left_out: [2] } };
  await press(page, 'Send the public parts');
  await expect(page.getByRole('main')).toContainText('Destroy their letters: 2.');
  await expect(letters(page)).toHaveCount(4);
  expect(new Set(arrived.map((form) => form.slice(form.indexOf('{'))).map((text) => text.slice(0, text.lastIndexOf('}')))).size, 'the same codes each time').toBe(1);
  expect(arrived[0]).toContain('mailed');
});
