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

export const listening = {
  anybody: anybodys,
  'Amara Okafor': members,
  'Grace Tandy': outsiders,
};

/** Routes of surveys that show no page, or that nothing leads to, each with the reason. */
export const listeningExceptions = {
  '/surveys/{wave}/files/{file}': 'a text for programs',
};
