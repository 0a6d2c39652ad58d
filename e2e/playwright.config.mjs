// One browser, the system's Chromium. What a file is called says where it runs: NAME.screen.mjs at the three widths that the
// components are designed for, NAME.page.mjs once, changing width as it goes, NAME.flow.mjs as people do a thing, NAME.noscript.mjs
// without scripts, NAME.print.mjs on paper.
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

const screens = '*.screen.mjs';

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
    { name: 'page', testMatch: '*.page.mjs', use: { viewport: { width: 1280, height: 900 } } },
    { name: 'flow', testMatch: '*.flow.mjs', use: { viewport: { width: 390, height: 844 } } },
    { name: 'desktop', testMatch: [screens, 'harness.desktop.mjs'], use: { viewport: { width: 1280, height: 900 } } },
    { name: 'phone', testMatch: screens, use: { viewport: { width: 390, height: 844 }, hasTouch: true } },
    { name: 'narrow', testMatch: screens, use: { viewport: { width: 320, height: 640 } } },
    { name: 'no-js', testMatch: '*.noscript.mjs', use: { viewport: { width: 390, height: 844 }, javaScriptEnabled: false } },
    { name: 'print', testMatch: '*.print.mjs', use: { viewport: { width: 794, height: 1123 } } },
  ],
});
