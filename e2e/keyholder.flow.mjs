// Three keyholders make a key: two in their browsers, one with the command-line program. What the one sends the others can use.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkAnatomy, checkAxe, checkWidth } from './harness/check_page.mjs';
import { signInAs } from './harness/people.mjs';
import { expect, test } from './harness/test.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
let folder;

test.beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'commonweal-key-')); });
test.afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const program = (...args) => execFileSync(resolve(root, process.env.COMMONWEAL_BIN), args, { cwd: folder, encoding: 'utf8' });
const fileEnding = (ending) => join(folder, readdirSync(folder).find((name) => name.endsWith(ending)));

test('two browsers and the program make a key together', async ({ browser, page, allowed }) => {
  test.skip(!process.env.CHANGES_URL, 'COMMONWEAL_BIN names no program');
  test.setTimeout(180_000);
  await signInAs(page, 'Ivo Brackenridge');
  await page.goto(`${process.env.CHANGES_URL}/keys/begin?poll=directors`);
  await page.getByRole('button', { name: 'Begin' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose the rehearsal or the key.');
  await page.getByLabel('A rehearsal', { exact: true }).check();
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.waitForURL(/\/keys\/[0-9a-f-]{36}/);
  const at = page.url().split('?')[0];
  allowed.push(/status of 422/);

  const opened = async (name, size) => {
    const context = await browser.newContext({ viewport: size });
    const own = await context.newPage();
    await signInAs(own, name);
    await own.goto(at);
    return own;
  };
  const tomos = await opened('Tomos Pugh', { width: 320, height: 740 });
  const lena = await opened('Lena Marsh', { width: 1280, height: 900 });
  const oscar = await opened('Oscar Quayle', { width: 1280, height: 900 });

  const secrets = new Map();
  for (const own of [tomos, lena]) {
    await own.getByRole('button', { name: 'Make my secret' }).click();
    await expect(own.getByRole('heading', { name: 'This is your secret. Save it twice.' })).toBeFocused();
    const saved = join(folder, `${secrets.size}.secret`);
    const [download] = await Promise.all([own.waitForEvent('download'), own.getByRole('link', { name: 'Save it as a file' }).click()]);
    await download.saveAs(saved);
    const shown = await own.locator('.cw-secret').textContent();
    expect(readFileSync(saved, 'utf8').trim(), 'the file holds what is shown').toBe(shown.replaceAll(' ', ''));
    secrets.set(own, saved);
    await checkAnatomy(own);
    await checkWidth(own);
    await checkAxe(own);

    // Nothing is sent before what was saved is shown to be right, and no request carries it.
    const sent = [];
    own.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')));
    await own.getByRole('button', { name: /send my certificate/ }).click();
    await expect(own.locator('.nhsuk-error-summary')).toBeFocused();
    expect(sent).toEqual([]);
    await own.getByLabel('Or type it from paper').fill(shown);
    await own.getByRole('button', { name: /send my certificate/ }).click();
    await own.waitForURL(/done=cert/);
    expect(sent.join(' ')).not.toContain(readFileSync(saved, 'utf8').trim());
  }

  const fetched = async (name) => writeFileSync(join(folder, name.split('/').pop()), await (await oscar.request.get(`${at}/${name}`)).body());
  const upload = async (ending, step) => {
    await oscar.goto(at);
    await oscar.getByText('Or do it with the command-line program').click();
    await oscar.getByLabel('The file that the program wrote').setInputFiles(fileEnding(ending));
    await oscar.getByRole('button', { name: 'Send this file' }).click();
    await oscar.waitForURL(new RegExp(`done=${step}`));
  };
  const press = async (own, label, step) => {
    await own.goto(at);
    await own.getByLabel('The file with your secret').setInputFiles(secrets.get(own));
    await own.getByRole('button', { name: label }).click();
    await own.waitForURL(new RegExp(`done=${step}`));
  };

  await fetched('files/draft.json');
  program('election', 'keygen', '--threshold', 'cert', 'draft.json');
  await upload('.cert', 'cert');
  const secret = fileEnding('.key');

  // Another keyholder's secret is not one's own.
  await tomos.goto(at);
  await tomos.getByLabel('The file with your secret').setInputFiles(secrets.get(lena));
  await tomos.getByRole('button', { name: 'Send the others their numbers' }).click();
  await expect(tomos.locator('.nhsuk-error-summary')).toContainText('This is not the secret that you made for this key');

  await press(tomos, 'Send the others their numbers', 'polynomial');
  await press(lena, 'Send the others their numbers', 'polynomial');
  await fetched('files/certs.txt');
  program('election', 'keygen', '--threshold', 'poly', '--certs', 'certs.txt', '--secret', secret, '--need', '2', 'draft.json');
  await upload('.polynomial', 'polynomial');
  await fetched('mine/vinput.txt');
  program('election', 'keygen', '--threshold', 'voutput', '--certs', 'certs.txt', '--secret', secret, '--vinput', 'vinput.txt', 'draft.json');
  await upload('.voutput', 'voutput');
  await press(tomos, 'Put my part together', 'voutput');
  await press(lena, 'Put my part together', 'voutput');
  await press(lena, 'Try my part', 'check');
  await press(tomos, 'Try my part', 'check');

  const words = [];
  for (const own of [tomos, lena]) {
    await own.goto(at);
    await expect(own.getByText('Your device has checked the key')).toBeVisible();
    words.push(await own.locator('.cw-key-words li').allTextContents());
    await checkAnatomy(own);
    await checkWidth(own);
    await checkAxe(own);
    await own.context().close();
  }
  expect(words[0]).toHaveLength(16);
  expect(words[0]).toEqual(words[1]);
  await oscar.context().close();
});
