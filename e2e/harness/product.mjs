// The product's pages, by who opens them. Every page in the server's table of routes is here or below among the exceptions:
// see product.routes.mjs.
//
// A page whose address has an id in it is found by following the first link to one of its kind on the page `from`.
import { test } from './test.mjs';

const member = 'Amara Okafor';
const secretary = 'Huw Prosser';
const director = 'Grace Tandy';
const scrutineer = 'Sunita Rao';
const regulator = 'Edith Stonebridge';
const patient = 'Bryn Cawley';
const ventureSecretary = 'Carys Holloway';

const anybodys = [
  { route: '/' },
  { route: '/demo' },
  { route: '/demo', path: '/demo?name=a', name: 'the demonstration, searched' },
  { route: '/sign-in' },
  { route: '/help' },
  { route: '/privacy' },
  { route: '/accessibility' },
  { route: '/record' },
  { route: '/evidence' },
  { route: '/evidence/mutuals' },
  { route: '/evidence/absence' },
  { route: '/evidence/organisations' },
  { route: '/evidence/organisations', path: '/evidence/organisations?q=care', name: 'organisations, searched' },
  { route: '/evidence/organisations/{ods}', from: '/evidence/mutuals' },
  { route: '/organisation' },
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
  { route: '/membership/receipt/{seq}', from: '/membership' },
  { route: '/membership/withdraw' },
  { route: '/register/inspect' },
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
];

const watchers = [
  { route: '/home' },
  { route: '/record' },
  { route: '/officers' },
];

const secretarys = [
  { route: '/home' },
  { route: '/staff' },
  { route: '/staff', path: '/staff?q=a', name: 'the staff list, searched' },
  { route: '/staff/{id}', from: '/staff' },
  { route: '/staff/imports' },
  { route: '/staff/imports/new' },
  { route: '/staff/imports/{id}', from: '/staff/imports' },
  { route: '/staff/imports/{id}/people', from: '/staff/imports', then: '/staff/imports/{id}' },
  { route: '/staff/uploads/{id}', path: () => process.env.PRODUCT_UPLOAD },
  { route: '/staff/uploads/{id}/review', path: () => `${process.env.PRODUCT_UPLOAD}/review` },
  { route: '/staff/uploads/{id}/{part}', path: () => `${process.env.PRODUCT_UPLOAD}/leavers` },
  { route: '/staff/uploads/{id}/mapping', path: () => process.env.PRODUCT_UNKNOWN_UPLOAD },
  { route: '/officers' },
  { route: '/officers/appoint' },
  { route: '/officers/{id}', from: '/officers' },
  { route: '/officers/{id}/end', from: '/officers', then: '/officers/{id}' },
  { route: '/organisation' },
  { route: '/organisation/edit' },
  { route: '/organisation/brand' },
  { route: '/notices/delivery' },
  { route: '/notices/letters' },
  { route: '/register' },
  { route: '/register', path: '/register?q=zzz', name: 'the register, searched in vain' },
  { route: '/register/print' },
  { route: '/register/new' },
  { route: '/register/new', path: '/register/new?q=a', name: 'somebody to apply for, searched' },
  { route: '/register/members/{id}', from: '/register' },
  { route: '/evidence/imports' },
  { route: '/evidence/imports/{id}', from: '/evidence/imports' },
];

const by = (who, list) => list.map((page) => ({ ...page, as: who, title: `${who ?? 'anybody'}: ${page.name ?? page.route}` }));

export const pages = [
  ...by(undefined, anybodys), ...by(member, members), ...by(patient, patients), ...by(director, directors), ...by(scrutineer, watchers),
  ...by(regulator, watchers), ...by(secretary, secretarys), ...by(ventureSecretary, [{ route: '/home' }, { route: '/staff/imports/new' }]),
];

/** Everybody who opens a page. */
export const people = [...new Set(pages.map(({ as }) => as).filter(Boolean))];

/** Routes that show no page, or none that can be opened here, each with the reason. */
export const exceptions = {};

/** Opens a page as whoever it is for, and returns the answer that it came with. */
export async function openPage(page, { route, as, path = route, from, then, status = 200 }) {
  test.skip(!process.env.PRODUCT_URL, 'COMMONWEAL_BIN names no program');
  const url = process.env.PRODUCT_URL;
  if (as) await page.context().addCookies([{ name: 'commonweal', value: JSON.parse(process.env.PRODUCT_SESSIONS)[as], url }]);
  let at = typeof path === 'function' ? path() : path;
  if (from) {
    at = from;
    for (const next of [then, route].filter(Boolean)) {
      const from = at;
      await page.goto(url + from);
      at = await linkTo(page, next);
      if (!at) throw new Error(`${from} has no link to ${next}`);
    }
  }
  const answer = await page.goto(url + at);
  if (answer.status() !== status) throw new Error(`${at} answered ${answer.status()} and not ${status}`);
  return answer;
}

/** The first link on the page to an address of a kind. */
async function linkTo(page, route) {
  const hrefs = await page.locator('main a[href^="/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const kind = new RegExp(`^${route.replace(/\{\w+\}/g, '(?!new\\b|imports\\b|appoint\\b)[^/?]+')}(\\?.*)?$`);
  return hrefs.find((href) => kind.test(href));
}
