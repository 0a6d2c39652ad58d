// What the pages of actions and of patients' answers need before they can be opened: an action that a member owns, and a
// point where somebody has answered.
import { Visitor } from './visitor.mjs';

/** Returns the address of the action, the code of the point, and the first and the last month with answers. */
export async function prepareListening(url, lead, found) {
  return { PRODUCT_ACTION: await agree(lead, found), ...await answered(url, lead) };
}

async function agree(lead, found) {
  const made = await lead.post('/surveys/actions/new', new URLSearchParams({
    wave: found.split('/').at(-1), unit: '', about: 'comments', id: '', says: 'Many ask that breaks are covered.', title: 'Cover breaks on every late shift',
    doing: 'One person on each late shift covers breaks, and the rota says who.', where: 'all', owner: 'Amara Okafor',
    'due-day': '31', 'due-month': '3', 'due-year': String(new Date().getFullYear() + 1),
  }));
  return made.split('?')[0];
}

async function answered(url, lead) {
  const code = 'quay-day-unit';
  await lead.post('/surveys/friends/points/new', new URLSearchParams([
    ['name', 'Quay day unit'], ['code', code], ['setting', 'outpatient'], ['site_code', ''], ['site_name', 'Quay'], ['ward', ''], ['first', ''], ['second', ''],
    ['modes', 'electronic_discharge'], ['modes', 'online'], ['modes', 'paper_discharge'], ['languages', 'en'], ['languages', 'cy'],
    ...today('opened'), ['closed-day', ''], ['closed-month', ''], ['closed-year', ''],
  ]));
  await new Visitor(url).fill(`/friends/${code}`, { rating: '1', text: 'Everybody had time for us.', publish: 'yes' });
  const months = (await lead.get('/surveys/friends')).text.match(/\/surveys\/friends\/months\/\d{4}-\d{2}/g).sort();
  return { PRODUCT_POINT: code, PRODUCT_MONTH: months.at(-1), PRODUCT_FIRST_MONTH: months[0] };
}

function today(name) {
  const [year, month, day] = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/London' }).split('-');
  return [[`${name}-day`, day], [`${name}-month`, month], [`${name}-year`, year]];
}
