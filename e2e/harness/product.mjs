// The product's pages, by who opens them. Every page in the server's table of routes is here or below among the exceptions:
// see product.routes.mjs.
//
// A page whose address has an id in it is found by following, from the first page of `via`, the first link to each kind.
// What `search` says is typed into the page's search and sent. A page that is `later` is opened some weeks on.
import { proving, provingExceptions } from './product_evidence.mjs';
import { listening, listeningExceptions } from './product_surveys.mjs';
import { voting, votingExceptions } from './product_votes.mjs';
import { drawn } from './check_page.mjs';
import { test } from './test.mjs';

const member = 'Amara Okafor';
const secretary = 'Huw Prosser';
const director = 'Grace Tandy';
const scrutineer = 'Sunita Rao';
const regulator = 'Edith Stonebridge';
const patient = 'Bryn Cawley';
export const applicant = 'Ivo Brackenridge';
const ventureSecretary = 'Carys Holloway';

const anybodys = [
  { route: '/' },
  { route: '/demo' },
  { route: '/demo', path: '/demo?name=a', name: 'the demonstration, searched' },
  { route: '/sign-in' },
  { route: '/sign-in/back', path: '/sign-in/back?error=refused', name: 'a sign-in elsewhere that failed', status: 403 },
  { route: '/help' },
  { route: '/privacy' },
  { route: '/accessibility' },
  { route: '/record' },
  { route: '/evidence' },
  { route: '/evidence/mutuals' },
  { route: '/evidence/absence' },
  { route: '/evidence/organisations' },
  { route: '/evidence/organisations', path: '/evidence/organisations?q=care', name: 'organisations, searched' },
  { route: '/evidence/organisations/{ods}', via: ['/evidence/organisations?q=care'] },
  { route: '/organisation' },
  { route: '/law' },
  { route: '/law/{id}', via: ['/law'] },
  { route: '/inspection' },
  { route: '/inspection', path: '/inspection?as=interested', name: 'what somebody outside is asked who wants to inspect the register' },
  { route: '/inspection', path: '/inspection?as=anyone', name: 'somebody outside to whom the law does not open the register' },
  { route: '/inspection/requests/{id}', path: () => process.env.PRODUCT_REQUEST },
  { route: '/api' },
  { route: '/', path: '/there/is/no/such/page', name: 'a page that is not there', status: 404 },
];

const members = [
  { route: '/home' },
  { route: '/account' },
  { route: '/notices' },
  { route: '/notices/preferences' },
  { route: '/membership' },
  { route: '/membership/who-sees' },
  { route: '/membership/certificates/{id}', via: ['/membership'] },
  { route: '/membership/withdraw' },
  { route: '/membership/opt-out', status: 409 }, // nobody is taken in here without asking
  { route: '/membership/opt-in', status: 404 },
  { route: '/register/inspect' },
  { route: '/officers' },
  { route: '/classes' },
  { route: '/venture' },
  { route: '/control' },
  { route: '/register', name: 'a page that one may not see', status: 403 },
];

const patients = [
  { route: '/home' },
  { route: '/membership' },
];

const directors = [
  { route: '/home' },
  { route: '/membership' },
  { route: '/membership/apply' },
  { route: '/officers' },
  { route: '/control' },
];

/** Somebody whose application waits: see prepare.mjs. */
export const applicants = [
  { route: '/home' },
  { route: '/membership' },
  { route: '/membership/receipt/{seq}', path: () => process.env.PRODUCT_RECEIPT },
  { route: '/membership/apply/withdraw' },
];

const watchers = [
  { route: '/home' },
  { route: '/record' },
  { route: '/officers' },
];

const secretarys = [
  { route: '/home' },
  { route: '/notices' },
  { route: '/staff' },
  { route: '/staff', search: 'a', name: 'the staff list, searched' },
  { route: '/staff/{id}', via: ['/staff'] },
  { route: '/staff/imports' },
  { route: '/staff/imports/new' },
  { route: '/staff/imports/{id}', via: ['/staff/imports'] },
  { route: '/staff/imports/{id}/people', via: ['/staff/imports', '/staff/imports/{id}'] },
  { route: '/staff/uploads/{id}', path: () => process.env.PRODUCT_UPLOAD },
  { route: '/staff/uploads/{id}/review', path: () => `${process.env.PRODUCT_UPLOAD}/review` },
  { route: '/staff/uploads/{id}/{part}', path: () => `${process.env.PRODUCT_UPLOAD}/leavers` },
  { route: '/staff/uploads/{id}/mapping', path: () => process.env.PRODUCT_UNKNOWN_UPLOAD },
  { route: '/officers' },
  { route: '/officers/appoint' },
  { route: '/officers/appoint', path: '/officers/appoint?role=scrutineer', search: 'a', name: 'somebody for an office, searched' },
  { route: '/officers/{id}', via: ['/officers'] },
  { route: '/officers/{id}/end', via: ['/officers', '/officers/{id}'] },
  { route: '/organisation' },
  { route: '/organisation/edit' },
  { route: '/organisation/brand' },
  { route: '/notices/delivery' },
  { route: '/notices/letters', paper: false }, // on paper it is the letters alone
  { route: '/register' },
  { route: '/register', search: 'zzz', name: 'the register, searched in vain' },
  { route: '/register', path: '/register?show=former', name: 'former members' },
  { route: '/register/print', sheet: 'landscape' },
  { route: '/register/new' },
  { route: '/register/new', search: 'a', name: 'somebody to apply for, searched' },
  { route: '/register/members/{id}', via: ['/register'] },
  { route: '/register/people/{person}', path: () => process.env.PRODUCT_STRANGER },
  { route: '/register/people/{person}/details', path: () => `${process.env.PRODUCT_STRANGER}/details` },
  { route: '/register/people/{person}/apply', path: () => `${process.env.PRODUCT_STRANGER}/apply` },
  { route: '/register/people/{person}/admit', via: ['/applications'] },
  { route: '/register/people/{person}/refuse', via: ['/applications'] },
  { route: '/register/people/{person}/expel', via: ['/register', '/register/members/{id}'] },
  { route: '/register/people/{person}/die', via: ['/register', '/register/members/{id}'] },
  { route: '/register/people/{person}/reinstate', via: ['/register?show=former', '/register/members/{id}'] },
  { route: '/register/people/{person}/void/{fact}', via: ['/register', '/register/members/{id}'] },
  { route: '/applications' },
  { route: '/applications/admit' },
  { route: '/classes' },
  { route: '/classes/new' },
  { route: '/classes/{code}/edit', via: ['/classes'] },
  { route: '/classes/{code}/constituencies', via: ['/classes'] },
  { route: '/shares' },
  { route: '/shares/holdings' },
  { route: '/shares/holdings', search: 'a', name: 'who holds shares, searched' },
  { route: '/shares/ledger' },
  { route: '/shares/entries/{id}', via: ['/shares'] },
  { route: '/shares/reverse' },
  { route: '/shares/entries/{id}/reverse', via: ['/shares', '/shares/entries/{id}'] },
  { route: '/shares/issue' },
  { route: '/shares/issue/{member}', path: () => `/shares/issue/${process.env.PRODUCT_MEMBER}` },
  { route: '/shares/transfer' },
  { route: '/shares/transfer/{member}', path: () => `/shares/transfer/${process.env.PRODUCT_MEMBER}` },
  { route: '/shares/convert' },
  { route: '/shares/convert/{member}', path: () => `/shares/convert/${process.env.PRODUCT_MEMBER}` },
  { route: '/shares/redeem' },
  { route: '/shares/redeem/{member}', path: () => `/shares/redeem/${process.env.PRODUCT_MEMBER}` },
  { route: '/shares/cancel' },
  { route: '/shares/cancel/{member}', path: () => `/shares/cancel/${process.env.PRODUCT_MEMBER}` },
  { route: '/shares/leaving' },
  { route: '/shares/payments' },
  { route: '/shares/classes/new' },
  { route: '/shares/classes/{id}', via: ['/shares'] },
  { route: '/shares/classes/{id}/close', via: ['/shares', '/shares/classes/{id}'] },
  { route: '/shares/certificates' },
  { route: '/shares/certificates/{id}', via: ['/shares/certificates'] },
  { route: '/shares/certificates/{id}/cancel', via: ['/shares/certificates', '/shares/certificates/{id}'] },
  { route: '/stakes' },
  { route: '/stakes/new' },
  { route: '/stakes/{id}', via: ['/stakes'] },
  { route: '/stakes/{id}/use', via: ['/stakes', '/stakes/{id}'] },
  { route: '/stakes/{id}/end', via: ['/stakes', '/stakes/{id}'] },
  { route: '/control' },
  { route: '/inspections' },
  { route: '/inspections/{id}', via: ['/inspections'] },
  { route: '/inspections/{id}/{act}', via: ['/inspections', '/inspections/{id}'] },
  { route: '/record/export' },
  { route: '/evidence/imports' },
  { route: '/evidence/imports/new' },
  { route: '/evidence/imports/{id}', via: ['/evidence/imports'] },
];

/** The secretary of the joint venture, which has two employers. */
const ventureSecretarys = [
  { route: '/home' },
  { route: '/staff/imports/new' },
  { route: '/venture' },
  { route: '/venture/parents/new' },
  { route: '/venture/parents/{id}/end', via: ['/venture'] },
  { route: '/venture/matters/new' },
  { route: '/venture/matters/{id}/release', via: ['/venture'] },
];

const by = (who, list) => list.map((page) => ({ ...page, as: who, title: `${who ?? 'anybody'}: ${page.name ?? page.route}` }));

export const pages = [
  ...by(undefined, anybodys), ...by(member, members), ...by(patient, patients), ...by(applicant, applicants), ...by(director, directors),
  ...by(scrutineer, watchers), ...by(regulator, watchers), ...by(secretary, secretarys), ...by(ventureSecretary, ventureSecretarys),
  ...[...Object.entries(voting), ...Object.entries(listening), ...Object.entries(proving)].flatMap(([who, list]) => by(who === 'anybody' ? undefined : who, list)),
];

/** Everybody who opens a page now, and everybody who opens one later. */
export const people = openers(false);
export const laterPeople = openers(true);

function openers(late) {
  return [...new Set(pages.filter(({ as, later = false }) => as && later === late).map(({ as }) => as))];
}

const step = 'a later step of a form that its first page leads to';

/** Routes that show no page, or that no list leads to, each with the reason. */
export const exceptions = {
  '/record/checkpoint': 'a text for programs',
  '/record/key': 'a text for programs',
  '/record/leaves': 'a text for programs',
  '/record/consistency': 'a text for programs',
  '/record/proof/{seq}': 'a text for programs',
  '/sign-in/code': step,
  '/account/office': 'nobody of a demonstration needs a passkey; sign_in.flow.mjs opens it',
  '/account/email': 'nobody of a demonstration has an address; TestAccount_EmailChange opens it',
  '/account/email/code': step,
  '/membership/apply/review': step,
  '/shares/issue/{member}/review': step,
  '/shares/convert/{member}/review': step,
  '/shares/redeem/{member}/review': step,
  '/shares/cancel/{member}/review': step,
  '/shares/transfer/{member}/{to}': step,
  '/shares/transfer/{member}/{to}/review': step,
  '/shares/classes/new/review': step,
  '/inspection/review': step,
  '/mail/stop/{token}': 'its address is in a mail that nobody gets while the tests run',
  '/notices/letters/{id}': 'nobody in the demonstration is without an e-mail address',
  '/machine': 'nobody in the demonstration runs the machine: machine.flow.mjs opens it',
  ...votingExceptions,
  ...listeningExceptions,
  ...provingExceptions,
};

/** Opens a page as whoever it is for, and returns the answer that it came with. */
export async function openPage(page, { route, as, path = route, via, search, later = false, status = 200 }) {
  test.skip(!process.env.PRODUCT_URL, 'COMMONWEAL_BIN names no program');
  const [url, sessions] = later ? [process.env.LATER_URL, process.env.LATER_SESSIONS] : [process.env.PRODUCT_URL, process.env.PRODUCT_SESSIONS];
  if (as) await page.context().addCookies([{ name: 'commonweal', value: JSON.parse(sessions)[as], url }]);
  let at = typeof path === 'function' ? path() : path;
  if (via) {
    at = typeof via[0] === 'function' ? via[0]() : via[0];
    for (const next of [...via.slice(1), route]) {
      const before = at;
      at = linkTo(await (await page.context().request.get(url + before)).text(), next);
      if (!at) throw new Error(`${before} has no link to ${next}`);
    }
  }
  let answer = await page.goto(url + at);
  if (search) answer = await lookFor(page, search);
  if (answer.status() !== status) throw new Error(`${at} answered ${answer.status()} and not ${status}`);
  await drawn(page);
  return answer;
}

/** Sends the page's search, and returns the answer with what was found. What was typed is in no address. */
export async function lookFor(page, words) {
  const box = page.getByRole('searchbox');
  await box.fill(words);
  const [answer] = await Promise.all([page.waitForResponse((one) => one.request().isNavigationRequest() && one.status() !== 303), box.press('Enter')]);
  await page.waitForLoadState();
  if (new URL(page.url()).search.includes(`=${words}`)) throw new Error(`${page.url()} has what was typed`);
  return answer;
}

/** The first link in the main part of a page to an address of a kind. */
function linkTo(html, route) {
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  const hrefs = [...main.matchAll(/<a [^>]*?href="(\/[^"]*)"/g)].map(([, href]) => href.replaceAll('&amp;', '&'));
  const kind = new RegExp(`^${route.replace(/\{\w+\}/g, '(?!new\\b|imports\\b|appoint\\b)[^/?]+')}(\\?.*)?$`);
  return hrefs.find((href) => kind.test(href));
}
