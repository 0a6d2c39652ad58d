// One browser, the system's Chromium. What a file is called says what it does: NAME.page.mjs looks at pages, at the widths that
// they are designed for, changing width as it goes, without scripts and on paper too; NAME.flow.mjs does what people do;
// NAME.noscript.mjs does it without scripts.
import { defineConfig } from '@playwright/test';

const chromium = {
  browserName: 'chromium',
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
  locale: 'en-GB',
  timezoneId: 'Europe/London',
};

export default defineConfig({
  testDir: '.',
  outputDir: 'results/failures',
  globalSetup: './harness/start_servers.mjs',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  retries: 0,
  timeout: 60_000,
  reporter: [['line'], ['./harness/closing_line.mjs']],
  use: { ...chromium, screenshot: 'only-on-failure' },
  projects: [
    { name: 'server', testMatch: ['product.routes.mjs', 'product.headers.mjs'] },
    { name: 'page', testMatch: '*.page.mjs' },
    { name: 'flow', testMatch: '*.flow.mjs', use: { viewport: { width: 390, height: 844 } } },
    { name: 'no-js', testMatch: '*.noscript.mjs', use: { viewport: { width: 390, height: 844 }, javaScriptEnabled: false } },
  ],
});
