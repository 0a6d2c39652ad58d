// A server that runs while the tests do.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { basename, dirname } from 'node:path';

/** Starts a program that serves at an address, and returns the address once it answers there. */
export async function startServer(running, program, args, url) {
  const server = spawn(program, args, { cwd: dirname(program), stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(server);
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (bytes) => { said = (said + bytes).slice(-4000); });
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`${basename(program)} ended with ${server.exitCode}:\n${said}`);
    if (await answers(url)) return url;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error(`${basename(program)} did not answer at ${url} within 30 seconds:\n${said}`);
}

async function answers(url) {
  try {
    await fetch(url, { redirect: 'manual' });
    return true;
  } catch {
    return false;
  }
}

export function freePort() {
  return new Promise((give, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => give(port));
    });
  });
}

export function stopServer(server) {
  if (server.exitCode !== null || server.signalCode !== null) return undefined;
  return new Promise((done) => {
    server.once('exit', done);
    server.kill('SIGTERM');
    setTimeout(() => server.kill('SIGKILL'), 5_000).unref();
  });
}
