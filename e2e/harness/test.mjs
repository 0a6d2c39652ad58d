// The test function for specs. Its page fails a test for what a visitor would never see but a developer should: an error
// on the console, a breach of the content security policy, a request that fails or that goes to another host. A test that
// brings such a thing about says so: allowed.push(/what the browser says/).
//
// Specs that only look at pages take `reading` instead: its page is the same window for all tests of a worker, which is much
// quicker than a new browser's store and process for each, and `still` is another window, in which no scripts run.
import { test as base, expect } from '@playwright/test';

export { expect };

export const test = base.extend({
  allowed: async ({}, use) => use([]),
  page: async ({ page, allowed }, use) => watching(page, allowed, use),
});

const glass = { width: 1280, height: 900 };

export const reading = base.extend({
  allowed: async ({}, use) => use([]),
  readersWindow: [async ({ browser }, use) => inWindow(browser, {}, use), { scope: 'worker' }],
  stillWindow: [async ({ browser }, use) => inWindow(browser, { javaScriptEnabled: false }, use), { scope: 'worker' }],
  page: async ({ readersWindow, allowed }, use) => {
    await asNew(readersWindow);
    await watching(readersWindow, allowed, use);
  },
  still: async ({ stillWindow, allowed }, use) => {
    await asNew(stillWindow);
    await watching(stillWindow, allowed, use);
  },
});

async function inWindow(browser, options, use) {
  const context = await browser.newContext({ viewport: glass, locale: 'en-GB', timezoneId: 'Europe/London', ...options });
  await use(await context.newPage());
  await context.close();
}

async function asNew(page) {
  await page.context().clearCookies();
  await page.emulateMedia({ media: null });
  await page.setViewportSize(glass);
}

async function watching(page, allowed, use) {
  const found = [];
  const watch = {
    console: (message) => ['error', 'warning'].includes(message.type()) && found.push(`console: ${message.text()}`),
    pageerror: (problem) => found.push(`script: ${problem.message}`),
    requestfailed: (request) => {
      const why = request.failure()?.errorText;
      if (why !== 'net::ERR_ABORTED') found.push(`request: ${request.url()} ${why}`);
    },
    request: (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith('http') && !['127.0.0.1', 'localhost'].includes(hostname)) found.push(`request to another host: ${request.url()}`);
    },
  };
  for (const [what, listener] of Object.entries(watch)) page.on(what, listener);
  await use(page);
  for (const [what, listener] of Object.entries(watch)) page.off(what, listener);
  expect(found.filter((line) => !allowed.some((pattern) => pattern.test(line))), 'nothing goes wrong behind the page').toEqual([]);
}
