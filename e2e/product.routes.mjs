// No page is forgotten: every page in the server's table of routes is tested, or excepted for a reason.
import { exceptions, pages } from './harness/product.mjs';
import { routes } from './harness/routes.mjs';
import { expect, test } from './harness/test.mjs';

/** What is no page: files, and the operations for programs. */
const other = /\.(csv|json|css|svg|ico|txt|bel|blt|ics)$|^\/api\//;

test('every page of the server is among those that are tested', () => {
  const shown = routes().filter(({ method, path }) => method === 'GET' && !other.test(path)).map(({ path }) => path);
  expect(shown.length, 'the table was read').toBeGreaterThan(50);
  const tested = new Set(pages.map(({ route }) => route));
  expect(shown.filter((path) => !tested.has(path) && !exceptions[path]), 'pages that no test opens').toEqual([]);
  expect(Object.keys(exceptions).filter((path) => tested.has(path) || !shown.includes(path)), 'exceptions that are none').toEqual([]);
});
