// The server's table of routes, from the list of them that the server's own tests keep true.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const list = join(root, 'internal', 'web', 'testdata', 'routes.txt');

/** Every {method, path} that the server answers. */
export function routes() {
  const lines = readFileSync(list, 'utf8').split('\n').map((line) => line.trim().split(/\s+/));
  return lines.filter(([method, path]) => /^[A-Z]+$/.test(method) && path?.startsWith('/'))
    .map(([method, path]) => ({ method, path: path.replace('{$}', '') }));
}
