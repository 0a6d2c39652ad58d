// Puts before the tests of pages what some pages need, and signs in whoever opens them.
import { people } from './product.mjs';
import { sessionOf } from './people.mjs';
import { unknownList, shortList } from './staff_lists.mjs';

/** Returns what the tests find in process.env. */
export async function prepare(url) {
  const sessions = {};
  for (const name of people) sessions[name] = await sessionOf(url, name);
  const secretary = { Cookie: `commonweal=${sessions['Huw Prosser']}` };
  return {
    PRODUCT_SESSIONS: JSON.stringify(sessions),
    PRODUCT_UPLOAD: await upload(url, secretary, shortList()),
    PRODUCT_UNKNOWN_UPLOAD: await upload(url, secretary, unknownList()),
  };
}

/** Sends a staff list and returns the address of what it led to. */
async function upload(url, headers, list) {
  const page = await (await fetch(`${url}/staff/imports/new`, { headers })).text();
  const employer = page.match(/name="employer" value="([^"]+)"/)?.[1];
  const today = new Date();
  const body = new FormData();
  body.set('employer', employer);
  body.set('as_at-day', String(today.getDate()));
  body.set('as_at-month', String(today.getMonth() + 1));
  body.set('as_at-year', String(today.getFullYear()));
  body.set('file', new Blob([list]), 'staff.csv');
  const answer = await fetch(`${url}/staff/imports`, { method: 'POST', redirect: 'manual', headers, body });
  const to = answer.headers.get('Location');
  if (!to) throw new Error(`the staff list led to no other page but ${answer.status}`);
  return to;
}
