// Starts the gallery, and the product where COMMONWEAL_BIN names its program, each on a port of its own; stops both after
// the run. Tests find them in process.env.GALLERY_URL and process.env.PRODUCT_URL.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

export default async function startServers() {
  const folder = mkdtempSync(join(tmpdir(), 'commonweal-e2e-'));
  const running = [];
  const stop = async () => {
    await Promise.all(running.map(stopServer));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    process.env.GALLERY_URL = await startGallery(folder, running);
    if (process.env.COMMONWEAL_BIN) process.env.PRODUCT_URL = await startProduct(folder, running);
  } catch (problem) {
    await stop();
    throw problem;
  }
  return stop;
}

async function startGallery(folder, running) {
  const program = join(folder, 'gallery');
  execFileSync('go', ['build', '-o', program, './e2e/gallery'], { cwd: root, stdio: 'inherit' });
  return start(running, 'gallery', program, []);
}

/** The product with its demonstration data, in a database that goes when the run ends. */
async function startProduct(folder, running) {
  const program = resolve(root, process.env.COMMONWEAL_BIN);
  const database = join(folder, 'commonweal.db');
  execFileSync(program, ['demo', '--database', database], { cwd: folder, stdio: 'inherit' });
  return start(running, 'commonweal', program, ['serve', '--demo', '--database', database]);
}

/** Starts a server on a free port, and returns its address once it answers. */
async function start(running, name, program, args) {
  const address = `127.0.0.1:${await freePort()}`;
  const server = spawn(program, [...args, '--listen', address], { cwd: dirname(program), stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(server);
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (bytes) => { said = (said + bytes).slice(-4000); });
  const url = `http://${address}`;
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`${name} ended with ${server.exitCode}:\n${said}`);
    if (await answers(url)) return url;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error(`${name} did not answer at ${url} within 30 seconds:\n${said}`);
}

async function answers(url) {
  try {
    await fetch(url, { redirect: 'manual' });
    return true;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((give, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => give(port));
    });
  });
}

function stopServer(server) {
  if (server.exitCode !== null || server.signalCode !== null) return undefined;
  return new Promise((done) => {
    server.once('exit', done);
    server.kill('SIGTERM');
    setTimeout(() => server.kill('SIGKILL'), 5_000).unref();
  });
}
