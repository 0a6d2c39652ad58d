// Starts what the tests look at, each on a port of its own, and stops it after the run. Tests find the addresses in
// process.env:
//
//   GALLERY_URL  the components, with sample content
//   PRODUCT_URL  the demonstration mutual, small, that the tests of pages read and none changes
//   LATER_URL    a copy of it some weeks later, where tests change nothing but the voting keys of two members
//   CHANGES_URL  a copy of it, for the tests that change something
//   WHOLE_URL    another, in which time is let pass
//   HOUSE_URL    a mutual as somebody would set one up, without a demonstration; its mail is in the folder HOUSE_MAIL
//   OFFICE_URL   another such, so that two tests at a time do not take each other's mail; OFFICE_MAIL likewise
//   PLATFORM_URL the organisation that runs a machine, with its administrator; PLATFORM_MAIL likewise
//
// All but the gallery need the program, which COMMONWEAL_BIN names.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare, prepareLater } from './prepare.mjs';
import { freePort, startServer, stopServer } from './server.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

export default async function startServers() {
  const folder = mkdtempSync(join(tmpdir(), 'commonweal-e2e-'));
  const running = [];
  const stop = async () => {
    await Promise.all(running.map(stopServer));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await startGallery(folder, running);
    if (process.env.COMMONWEAL_BIN) await startProduct(folder, running, resolve(root, process.env.COMMONWEAL_BIN));
  } catch (problem) {
    await stop();
    throw problem;
  }
  return stop;
}

async function startGallery(folder, running) {
  const program = join(folder, 'gallery');
  execFileSync('go', ['build', '-o', program, './e2e/gallery'], { cwd: root, stdio: 'inherit' });
  const port = await freePort();
  process.env.GALLERY_URL = await startServer(running, program, ['--listen', `127.0.0.1:${port}`], `http://127.0.0.1:${port}`);
}

/** Each database is in a folder of its own, because its key and its mail lie beside it. */
async function startProduct(folder, running, program) {
  const place = (name) => join(folder, name, 'commonweal.db');
  const run = (...args) => execFileSync(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const serve = async (name, host, ...flags) => {
    const port = await freePort();
    const url = `http://${host}:${port}`;
    return startServer(running, program, ['serve', '--database', place(name), '--listen', `127.0.0.1:${port}`, '--address', url, ...flags], url);
  };

  run('demo', '--database', place('product'), '--staff', '150', '--months', '3');
  for (const copy of ['changes', 'later', 'whole']) cpSync(join(folder, 'product'), join(folder, copy), { recursive: true });
  const mutual = ['fenland', '--name', 'Fenland Community Care', '--form', 'community-benefit-society'];
  const houses = { house: mutual, office: mutual, platform: ['engine', '--name', 'Engine Room', '--kind', 'platform'] };
  for (const [name, kind] of Object.entries(houses)) {
    mkdirSync(join(folder, name));
    run('organisation', 'create', ...kind, '--database', place(name), '--secretary-email', 'wren.aldous@example.org', '--secretary-given', 'Wren', '--secretary-family', 'Aldous');
  }

  process.env.PRODUCT_URL = await serve('product', '127.0.0.1', '--demo');
  process.env.CHANGES_URL = await serve('changes', '127.0.0.1', '--demo');
  process.env.LATER_URL = await serve('later', '127.0.0.1', '--demo');
  process.env.WHOLE_URL = await serve('whole', '127.0.0.1', '--demo');
  // A passkey belongs to a name: an address of digits may have none.
  for (const name of Object.keys(houses)) {
    process.env[`${name.toUpperCase()}_URL`] = await serve(name, 'localhost', '--org', houses[name][0], ...(name === 'house' ? [] : ['--officers', 'any']));
    process.env[`${name.toUpperCase()}_MAIL`] = join(folder, name, 'mail');
  }
  Object.assign(process.env, await prepare(process.env.PRODUCT_URL), await prepareLater(process.env.LATER_URL));
}
