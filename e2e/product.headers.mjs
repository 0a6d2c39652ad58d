// What holds for every answer of the server, whoever asks and whatever comes back; and that nothing is done for another site.
import { createServer } from 'node:http';
import { checkHeaders } from './harness/check_headers.mjs';
import { signInAs } from './harness/people.mjs';
import { routes } from './harness/routes.mjs';
import { expect, test } from './harness/test.mjs';

test.skip(!process.env.COMMONWEAL_BIN, 'COMMONWEAL_BIN names no program');

const ask = (path, options = {}) => fetch(process.env.PRODUCT_URL + path, { redirect: 'manual', ...options });

test('every route answers with the security headers', async () => {
  const paths = routes().filter(({ method }) => method === 'GET').map(({ path }) => path.replace(/\{\w+\}/g, 'nothing'));
  for (const path of paths) {
    const answer = await ask(path);
    expect(answer.status, `${path} is no fault of the server`).toBeLessThan(500);
    checkHeaders(answer, path);
    // How the organisation looks is the same for everybody; nothing else is kept between two visits.
    if (!/^\/(brand|favicon)\./.test(path)) expect(answer.headers.get('Cache-Control'), `no cache keeps ${path}`).toBe('no-store');
  }
});

test('so do files, errors, refusals and answers to programs', async () => {
  const style = (await (await ask('/')).text()).match(/\/static\/commonweal\.\w+\.css/)[0];
  for (const [what, path, options, status] of [
    ['the stylesheet', style, {}, 200],
    ['a file that is not there', '/static/nothing.css', {}, 404],
    ['an address where nothing is', '/nothing/here', {}, 404],
    ['a method that a page does not have', '/help', { method: 'DELETE' }, 404],
    ['a form from another site', '/sign-in', { method: 'POST', headers: { 'Sec-Fetch-Site': 'cross-site' } }, 403],
    ['a form from another origin', '/sign-in', { method: 'POST', headers: { Origin: 'http://elsewhere.example' } }, 403],
    ['a program without a token', '/api/v1/me', {}, 401],
    ['a program with a made-up token', '/api/v1/me', { headers: { Authorization: 'Bearer cw_made_up' } }, 401],
    ['an operation that is not there', '/api/v1/nothing', {}, 404],
  ]) {
    const answer = await ask(path, options);
    expect(answer.status, what).toBe(status);
    checkHeaders(answer, what);
  }
});

test('no style asks whether scripts run, so that a page without any looks the same where none run', async () => {
  const style = (await (await ask('/')).text()).match(/\/static\/commonweal\.\w+\.css/)[0];
  expect(await (await ask(style)).text()).not.toMatch(/@media[^{]*scripting/);
});

test('the session is out of the reach of scripts and of other sites', async ({ page }) => {
  await signInAs(page, 'Amara Okafor');
  const cookies = await page.context().cookies(process.env.CHANGES_URL);
  expect(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toEqual([{ name: 'commonweal', httpOnly: true, sameSite: 'Lax' }]);
});

test('a page of another origin can do nothing in the name of its visitor', async ({ page, allowed }) => {
  allowed.push(/status of 403/);
  await signInAs(page, 'Amara Okafor');
  // Another port of the same host: the browser sends the cookie along, so only the check of the origin stands between.
  const body = `<form method="post" action="${process.env.CHANGES_URL}/sign-out"><button>You have won</button></form>`;
  const other = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end(`<title>Other</title><link rel="icon" href="data:,">${body}`));
  await new Promise((ready) => other.listen(0, '127.0.0.1', ready));
  try {
    await page.goto(`http://127.0.0.1:${other.address().port}/`);
    const [answer] = await Promise.all([page.waitForResponse(/\/sign-out$/), page.getByRole('button').click()]);
    expect(answer.status()).toBe(403);
    expect(await answer.request().allHeaders(), 'the cookie went along').toHaveProperty('cookie');
  } finally {
    other.close();
  }
  await page.goto(`${process.env.CHANGES_URL}/home`);
  await expect(page.getByRole('banner'), 'still signed in').toContainText('Amara Okafor');
});

test('nobody frames a page', async ({ page, allowed }) => {
  allowed.push(/frame/i, /ERR_BLOCKED_BY_RESPONSE/);
  const other = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end(`<title>Other</title><link rel="icon" href="data:,"><iframe src="${process.env.PRODUCT_URL}/"></iframe>`));
  await new Promise((ready) => other.listen(0, '127.0.0.1', ready));
  try {
    await page.goto(`http://127.0.0.1:${other.address().port}/`);
    await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 }).filter({ hasText: 'Owned by' })).toHaveCount(0);
  } finally {
    other.close();
  }
});
