// What every answer of the server says to the browser, whatever it is.
import { expect } from '@playwright/test';

const headers = {
  'content-security-policy': /^default-src 'none'; (?!.*unsafe).*frame-ancestors 'none'/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^(same-origin|no-referrer)$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\)/,
};

/** Takes the answer of a browser or of fetch. */
export function checkHeaders(answer, what = typeof answer.url === 'function' ? answer.url() : answer.url) {
  const has = typeof answer.headers === 'function' ? answer.headers() : Object.fromEntries(answer.headers);
  for (const [name, value] of Object.entries(headers)) expect(has[name] ?? '', `${name} of ${what}`).toMatch(value);
}
