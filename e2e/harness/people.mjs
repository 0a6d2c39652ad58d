// Being one of the invented people of the demonstration.

/** Signs in as somebody does it: by their name on the page that lists them. */
export async function signInAs(page, name, url = process.env.CHANGES_URL) {
  await page.goto(`${url}/demo?${new URLSearchParams({ name: name.split(' ')[0] })}`);
  await page.getByRole('button', { name, exact: true }).first().click();
  await page.waitForURL('**/home');
}

/** Signs in without a browser, and returns the value of the session's cookie. */
export async function sessionOf(url, name) {
  const list = await (await fetch(`${url}/demo?${new URLSearchParams({ name: name.split(' ')[0] })}`)).text();
  const form = list.match(new RegExp(`name="org" value="([^"]+)"><input type="hidden" name="person" value="([^"]+)">\\s*<button[^>]*>${name}<`));
  if (!form) throw new Error(`nobody in the demonstration is called ${name}`);
  const answer = await fetch(`${url}/demo`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ org: form[1], person: form[2] }) });
  const cookie = answer.headers.getSetCookie().map((line) => line.match(/^commonweal=([^;]+)/)?.[1]).find(Boolean);
  if (!cookie) throw new Error(`signing in as ${name} gave no session but ${answer.status}`);
  return cookie;
}
