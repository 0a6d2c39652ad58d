// The pages of surveys, by who opens them: see product.mjs. The pages on which a survey is answered are not in the server's
// table of routes, because they stand in front of all that reads a session; they are opened here all the same.
const survey = '/surveys/{wave}';
const open = (path = '') => () => `${process.env.PRODUCT_SURVEY}${path}`;
const found = (path = '') => () => `${process.env.PRODUCT_FOUND}${path}`;

const anybodys = [
  { route: `${survey}/check`, path: open('/check'), name: 'how a survey that is open is checked' },
  { route: `${survey}/check`, path: found('/check'), name: 'how a survey that is over is checked' },
  { route: '/answers/{wave}', path: () => process.env.PRODUCT_SURVEY.replace('/surveys/', '/answers/'), name: 'where a survey is answered' },
  { route: '/answers/{wave}', path: '/answers/no-such-survey', name: 'a survey that there is not', status: 404 },
];

const members = [
  { route: '/surveys' },
  { route: survey, path: open(), name: 'a survey that is open' },
  { route: survey, path: found(), name: 'a survey whose results are out' },
  { route: `${survey}/token`, path: open('/token') },
  { route: `${survey}/token`, path: found('/token'), name: 'the pass of a survey that is over' },
  { route: `${survey}/receipt`, path: open('/receipt') },
];

const outsiders = [
  { route: '/surveys', name: 'surveys, to somebody who is not asked' },
  { route: `${survey}/token`, path: open('/token'), name: 'a pass, to somebody who is not asked' },
];

const run = '/surveys/plan/waves/{wave}';
const runOpen = (path = '') => () => `${process.env.PRODUCT_SURVEY.replace('/surveys/', '/surveys/plan/waves/')}${path}`;
const runFound = (path = '') => () => `${process.env.PRODUCT_FOUND.replace('/surveys/', '/surveys/plan/waves/')}${path}`;

const results = [
  ...['', '/scores', '/teams', '/groups', '/questions', '/beside', '/change', '/drivers', '/response', '/filter', '/tested'].map((part) => ({
    route: `${survey}/results${part}`,
    path: found(`/results${part}`),
  })),
  { route: `${survey}/results`, path: open('/results'), name: 'the results of a survey that is open', status: 404 },
  { route: `${survey}/results/teams/{unit}`, path: found('/results/teams/children') },
];

const leads = [
  { route: '/surveys/plan' },
  { route: '/surveys/plan/new' },
  { route: '/surveys/plan/bring' },
  ...['', '/plan', '/response', '/remind', '/slips', '/slips/make', '/slips/give'].map((part) => ({ route: `${run}${part}`, path: part.startsWith('/slips') ? runFound(part) : runOpen(part), status: part === '/slips/make' || part === '/slips/give' ? 409 : 200 })),
  { route: run, path: runFound(), name: 'a survey whose results are out, to whoever runs it' },
  { route: `${run}/release`, path: runFound('/release') },
  { route: `${run}/abandon`, path: runOpen('/abandon') },
  { route: `${run}/comments`, path: runFound('/comments') },
  { route: `${survey}/comments`, path: found('/comments') },
];

const actions = '/surveys/actions';
const one = `${actions}/no/{number}`;
const action = (path = '') => () => `${process.env.PRODUCT_ACTION}${path}`;

const owners = [
  { route: actions },
  { route: `${actions}/board` },
  { route: `${actions}/mine` },
  { route: one, path: action(), name: 'an action, to its owner' },
  { route: `${one}/say`, path: action('/say') },
  ...['begin', 'report', 'move', 'done', 'not-done'].map((step) => ({ route: `${one}/step/{step}`, path: action(`/step/${step}`), name: `the step ${step} of an action` })),
];

const agreers = [
  { route: `${actions}/mine`, name: 'the actions of somebody who owns none' },
  { route: `${actions}/new`, name: 'of which survey an action is made' },
  { route: `${actions}/new`, path: () => `${actions}/new?wave=${process.env.PRODUCT_FOUND.split('/').at(-1)}`, name: 'of which finding an action is made' },
  { route: `${actions}/new`, path: () => `${actions}/new?wave=${process.env.PRODUCT_FOUND.split('/').at(-1)}&about=comments`, name: 'an action that is made of comments' },
  { route: `${actions}/heads` },
  { route: one, path: action(), name: 'an action, to whoever edits all' },
  { route: one, path: `${actions}/no/99999`, name: 'an action that there is not', status: 404 },
  { route: `${one}/step/{step}`, path: action('/step/hand-over'), name: 'the handing over of an action' },
];

const friends = '/surveys/friends';
const month = (path = '') => () => `${process.env.PRODUCT_MONTH}${path}`;
const points = `${friends}/points`;
const point = (path) => () => `${points}/${process.env.PRODUCT_POINT}${path}`;
const asked = (path = '') => () => `/friends/${process.env.PRODUCT_POINT}${path}`;

const patients = [
  { route: '/friends/{code}', path: asked() },
  { route: '/friends/{code}', path: asked('?by=kiosk'), name: 'the question on a tablet' },
  { route: '/friends/{code}', path: asked('?in=cy'), name: 'the question in Welsh' },
  { route: '/friends/{code}', path: '/friends/no-such-point', name: 'a point that there is not', status: 404 },
  { route: '/friends/{code}/thanks', path: asked('/thanks') },
];

const readers = [
  { route: friends },
  { route: `${friends}/months/{month}`, path: month() },
  { route: `${friends}/months/{month}`, path: () => process.env.PRODUCT_FIRST_MONTH, name: 'a month that is over' },
  { route: `${friends}/comments` },
];

const keepers = [
  { route: friends, name: 'what patients say, to whoever runs it' },
  { route: `${friends}/months/{month}`, path: month(), name: 'a month, to whoever submits it' },
  { route: `${friends}/months/{month}/close`, path: month('/close') },
  { route: `${friends}/months/{month}/cards`, path: month('/cards') },
  { route: `${friends}/months/{month}/eligible`, path: month('/eligible') },
  { route: `${friends}/import` },
  { route: `${friends}/past` },
  { route: points },
  { route: `${points}/new` },
  { route: `${points}/{code}/edit`, path: point('/edit') },
  { route: `${points}/{code}/poster`, path: point('/poster') },
  { route: `${points}/{code}/cards`, path: point('/cards') },
  { route: `${friends}/gate` },
  { route: `${friends}/gate/again` },
];

export const listening = {
  anybody: [...anybodys, ...patients],
  'Amara Okafor': [...members, ...owners, ...readers],
  'Grace Tandy': outsiders,
  'Rhian Vaughan': [...results, ...leads, ...agreers, ...keepers],
};

/** Routes of surveys that show no page, or that nothing leads to, each with the reason. */
export const listeningExceptions = {
  '/surveys/{wave}/files/{file}': 'a text for programs',
  '/surveys/friends/months/{month}/submit/{setting}': 'a file for the national body',
  '/surveys/friends/months/{month}/cards/{stack}/strike': 'by the id of a stack',
  '/surveys/friends/import/{file}': 'the dry run of a file that waits',
  '/surveys/friends/past/{month}': 'a file in the layout of its time',
  '/surveys/friends/comments/{comment}/take-back': 'by the id of a decision',
  '/surveys/plan/waves/{wave}/ask': 'a step of a draft, of which the demonstration has none',
  '/surveys/plan/waves/{wave}/whom': 'a step of a draft',
  '/surveys/plan/waves/{wave}/how': 'a step of a draft',
  '/surveys/plan/waves/{wave}/questions': 'a step of a draft',
  '/surveys/plan/waves/{wave}/teams': 'a step of a draft',
  '/surveys/plan/waves/{wave}/teams/files/{file}': 'the dry run of a file that waits',
  '/surveys/plan/waves/{wave}/call': 'the review of a draft',
  '/surveys/plan/bring/{file}': 'the dry run of a file that waits',
  '/surveys/plan/waves/{wave}/comments/{comment}': 'a comment of somebody, behind its gate',
  '/surveys/plan/waves/{wave}/sheets': 'for the tellers of a survey on paper',
  '/surveys/plan/waves/{wave}/sheets/enter': 'for the tellers of a survey on paper',
};
