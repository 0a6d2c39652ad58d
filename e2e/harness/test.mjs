// The test function for specs. Its page fails a test for what a visitor would never see but a developer should: an error
// on the console, a breach of the content security policy, a request that fails or that goes to another host. A test that
// brings such a thing about says so: allowed.push(/what the browser says/).
import { test as base, expect } from '@playwright/test';

export { expect };

export const test = base.extend({
  allowed: async ({}, use) => use([]),
  page: async ({ page, allowed }, use) => {
    const found = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') found.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (problem) => found.push(`script: ${problem.message}`));
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText;
      if (why !== 'net::ERR_ABORTED') found.push(`request: ${request.url()} ${why}`);
    });
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith('http') && !['127.0.0.1', 'localhost'].includes(hostname)) found.push(`request to another host: ${request.url()}`);
    });
    await use(page);
    expect(found.filter((line) => !allowed.some((pattern) => pattern.test(line))), 'nothing goes wrong behind the page').toEqual([]);
  },
});
