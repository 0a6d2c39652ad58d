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

export const listening = {
  anybody: anybodys,
  'Amara Okafor': members,
  'Grace Tandy': outsiders,
  'Rhian Vaughan': [...results, ...leads],
};

/** Routes of surveys that show no page, or that nothing leads to, each with the reason. */
export const listeningExceptions = {
  '/surveys/{wave}/files/{file}': 'a text for programs',
  '/surveys/{wave}/results/bundle.json': 'a file for programs',
  '/surveys/plan/waves/{wave}/ask': 'a step of a draft, of which the demonstration has none',
  '/surveys/plan/waves/{wave}/whom': 'a step of a draft',
  '/surveys/plan/waves/{wave}/how': 'a step of a draft',
  '/surveys/plan/waves/{wave}/questions': 'a step of a draft',
  '/surveys/plan/waves/{wave}/teams': 'a step of a draft',
  '/surveys/plan/waves/{wave}/teams/rules.csv': 'a file of a draft',
  '/surveys/plan/waves/{wave}/teams/files/{file}': 'the dry run of a file that waits',
  '/surveys/plan/waves/{wave}/call': 'the review of a draft',
  '/surveys/plan/bring/{file}': 'the dry run of a file that waits',
  '/surveys/plan/waves/{wave}/comments/{comment}': 'a comment of somebody, behind its gate',
  '/surveys/plan/waves/{wave}/sheets': 'for the tellers of a survey on paper',
  '/surveys/plan/waves/{wave}/sheets/enter': 'for the tellers of a survey on paper',
};
