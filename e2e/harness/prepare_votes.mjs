// Puts before the tests of pages what the pages of votes need: on the demonstration as it is made, and on a copy of it in
// which some weeks have passed.
import { people } from './product.mjs';
import { Visitor, mainOf } from './visitor.mjs';

const [council, shifts, directors] = ['council', 'shifts', 'directors'].map((code) => `/votes/conduct/${code}`);
const held = '/votes/shifts/staff';
const nominated = '/votes/directors/staff';

/** Who does it, by what they are in the votes of the demonstration. */
const cast = {
  officer: 'Ivo Brackenridge', secretary: 'Huw Prosser', registrar: 'Mair Tregarth', keyholder: 'Tomos Pugh',
  teller: 'Gwil Haverly', otherTeller: 'Betsan Oakridge', voter: 'Noor Ashdown', candidate: 'Rhian Vaughan', patient: 'Bryn Cawley',
};

const who = (url) => (part) => Visitor.named(url, cast[part]);

/** While the council is elected, the shifts are voted about, and directors are nominated. */
export async function prepareVotes(url) {
  const as = who(url);
  const officer = await as('officer');
  await stand(await as('candidate'));
  await (await as('voter')).fill('/votes/council/therapies/question', { ground: 'My paper was handed in at Ferry Lane on the last day, and is not among those received.' });
  const [left] = choices((await officer.get(`${council}/vacancies/new`)).text, 'who');
  await officer.fill(`${council}/vacancies/new`, { who: left, reason: 'Moved to Cardiff.' });
  await draft(await as('secretary'));
  const [sent, lost] = await withoutVote(officer);
  await (await as('teller')).fill(`${held}/paper/voters/${sent}`);
  const replaced = { voter: lost, spare: '', reason: 'The letter did not come.', sure: 'yes' };
  return {
    PRODUCT_REPLACED: await (await as('registrar')).post(`${held}/credentials/replace`, new URLSearchParams(replaced)),
    PRODUCT_SENT: sent,
    PRODUCT_NOMINATION: mainOf((await officer.get(`${directors}/nominations`)).text).match(/href="([^"]+)">Rhian Vaughan</)[1],
  };
}

/** When the shifts are voted about and its papers are being read, and the directors' roll can be put right. */
export async function prepareLaterVotes(url) {
  const as = who(url);
  for (const voter of (await withoutVote(await as('officer'))).slice(0, 4)) await (await as('teller')).fill(`${held}/paper/voters/${voter}`);
  await passTime(url, 'Twelve-hour shifts: voting closes');
  const [teller, other] = [await as('teller'), await as('otherTeller')];
  await teller.fill(`${held}/paper/batches`, { code: 'A', papers: 2 });
  for (const code of ['B', 'C']) await teller.fill(`${held}/paper/batches`, { code, papers: 1 });
  for (const [paper, ...read] of [['A/1', 'yes', 'yes'], ['A/2', 'no', 'yes'], ['B/1', 'no', 'no']]) {
    for (const [i, reader] of [teller, other].entries()) await reader.fill(`${held}/paper/batches/${paper}`, { answer: read[i] });
  }
  await (await as('officer')).fill(`/keys/begin?poll=directors`, { kind: 'key' });
  await passTime(url, 'Staff council: the result can no longer be questioned');
  const officer = await as('officer');
  await officer.fill(`${directors}/roll`);
  await (await as('patient')).fill(`${nominated}/claim`, { ground: 'I work on the bank of Riverside Ward as well.' });
}

/** Stands for election: one question a page, then all of it. */
async function stand(candidate) {
  await candidate.fill(`${nominated}/stand/name`);
  await candidate.fill(`${nominated}/stand/statement`, { text: 'I would bring what the teams say to the board, and what the board says to the teams.' });
  await candidate.fill(`${nominated}/stand/interests`, { has: 'none' });
  await candidate.fill(`${nominated}/stand/review`);
}

/** Keeps a draft of a vote, which nobody has called. */
async function draft(secretary) {
  const next = new Date(Date.now() + 200 * 86_400_000);
  const body = new URLSearchParams({
    kind: 'proposal', title: 'Where the clinics stand', code: 'clinics', question: 'Should the clinics of Ferry Lane move to Alder House?', for: 'Yes', against: 'No', who: 'all',
    'closes-day': next.getDate(), 'closes-month': next.getMonth() + 1, 'closes-year': next.getFullYear(),
  });
  await secretary.post('/votes/conduct/new', body);
}

/** The numbers of people who may vote about the shifts, have not, and have no part in any test. */
async function withoutVote(officer) {
  const { text } = await officer.get('/votes/conduct/shifts/pollbook/staff?show=not');
  const rows = [...text.matchAll(/<th role="rowheader"[^>]*>([^<]+)<\/th><td[^>]*>(\d+)</g)];
  return rows.filter(([, name]) => !people.includes(name)).map(([,, voter]) => voter);
}

/** Lets the time of the demonstration pass, up to a moment that its first page offers. Whoever was signed in may not be any more. */
async function passTime(url, moment) {
  const visitor = new Visitor(url);
  const { text } = await visitor.get('/demo');
  const at = text.match(new RegExp(`name="at" value="([^"]+)">\\s*<button[^>]*>${moment}<`))?.[1];
  if (!at) throw new Error(`the demonstration has no moment called ${moment}`);
  await visitor.post('/demo/clock', new URLSearchParams({ at }));
}

/** What can be chosen for a field. */
const choices = (html, name) => [...mainOf(html).matchAll(new RegExp(`<input[^>]* name="${name}"[^>]* value="([^"]+)"`, 'g'))].map(([, value]) => value);
