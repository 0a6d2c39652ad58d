// Puts before the tests of pages what some pages need, and signs in whoever opens them.
import { applicant, laterPeople, people } from './product.mjs';
import { sessionOf } from './people.mjs';
import { lead, surveysOf } from './surveys.mjs';
import { prepareListening } from './prepare_listening.mjs';
import { prepareLaterVotes, prepareVotes } from './prepare_votes.mjs';
import { shortList, unknownList } from './staff_lists.mjs';
import { Visitor } from './visitor.mjs';

/** Returns what the tests find in process.env. */
export async function prepare(url) {
  const sessions = await sessionsOf(url, people);
  const as = (name) => new Visitor(url, sessions[name]);
  const secretary = as('Huw Prosser');
  const surveys = await surveysOf(as('Amara Okafor'));
  return {
    PRODUCT_SESSIONS: JSON.stringify(sessions),
    PRODUCT_UPLOAD: await upload(secretary, shortList()),
    PRODUCT_UNKNOWN_UPLOAD: await upload(secretary, unknownList()),
    PRODUCT_RECEIPT: await apply(as(applicant)),
    PRODUCT_REQUEST: await askToInspect(new Visitor(url)),
    PRODUCT_MEMBER: (await secretary.get('/register')).text.match(/\/register\/members\/([\w-]+)/)[1],
    PRODUCT_STRANGER: await stranger(secretary),
    ...surveys,
    ...await prepareListening(url, as(lead), surveys.PRODUCT_FOUND),
    ...await prepareVotes(url),
  };
}

/** The same for the copy in which some weeks pass. Sessions come last, because they end meanwhile. */
export async function prepareLater(url) {
  await prepareLaterVotes(url);
  return { LATER_SESSIONS: JSON.stringify(await sessionsOf(url, laterPeople)) };
}

async function sessionsOf(url, names) {
  const sessions = {};
  for (const name of names) sessions[name] = await sessionOf(url, name);
  return sessions;
}

/** Sends a staff list and returns the address of its dry run, or of the page that asks what its columns mean. */
async function upload(secretary, list) {
  const { text } = await secretary.get('/staff/imports/new');
  const value = (name) => text.match(new RegExp(`name="${name}"[^>]* value="([^"]+)"`))[1];
  const body = new FormData();
  for (const name of ['employer', 'as_at-day', 'as_at-month', 'as_at-year']) body.set(name, value(name));
  body.set('file', new Blob([list]), 'staff.csv');
  return secretary.post('/staff/imports', body);
}

/** Applies for the membership of patients, and returns the address of the receipt. */
async function apply(who) {
  const version = (await who.get('/membership/apply?class=patients')).text.match(/Version ([\d-]+)/)[1];
  return who.post('/membership/apply/send', new URLSearchParams({ class: 'patients', consent: version, area: 'NP16' }));
}

/** Asks, from outside, to inspect the register, and returns the address of the receipt. */
async function askToInspect(visitor) {
  return visitor.post('/inspection/send', new URLSearchParams({
    as: 'interested', name: 'Hob Winterbourne', address: '9 Weir Lane, Severn Bridge', email: 'hob.winterbourne@example.org',
  }));
}

/** The page of somebody on the staff who is no member. */
async function stranger(secretary) {
  for (const letter of 'abcdefghijklmnoprstw') {
    const { text } = await secretary.search('/register/new', letter);
    for (const [, path] of text.matchAll(/href="(\/register\/people\/[\w-]+)"/g)) {
      if ((await secretary.get(path)).status === 200) return path;
    }
  }
  throw new Error('everybody in the demonstration is a member');
}
