// No page is forgotten: every page in the server's table of routes is tested, or excepted for a reason.
import { exceptions, pages } from './harness/product.mjs';
import { routes } from './harness/routes.mjs';
import { expect, test } from './harness/test.mjs';

const files = /\.(csv|json|css|svg|ico)$/;

test('every page of the server is among those that are tested', () => {
  const shown = routes().filter(({ method, path }) => method === 'GET' && !files.test(path)).map(({ path }) => path);
  expect(shown.length, 'the table was read').toBeGreaterThan(50);
  const tested = new Set(pages.map(({ route }) => route));
  expect(shown.filter((path) => !tested.has(path) && !exceptions[path]), 'pages that no test opens').toEqual([]);
});

test('no test opens a page that the server does not have', () => {
  const table = new Set(routes().map(({ path }) => path));
  const named = [...pages.map(({ route }) => route), ...Object.keys(exceptions)];
  expect([...new Set(named.filter((path) => !table.has(path)))]).toEqual([]);
});
