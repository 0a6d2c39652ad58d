// The pages of claims, of studies, of the board pack and of an organisation's own figures, by who opens them: see product.mjs.
const pack = '/evidence/pack';
const measures = '/evidence/indicators';

const anybodys = [
  { route: '/evidence/glossary' },
  { route: '/evidence/claims' },
  ...['mortality', 'absence', 'turnover', 'experience', 'mutuals', 'pathfinders'].map((claim) => ({
    route: '/evidence/claims/{claim}', path: `/evidence/claims/${claim}`, name: `the claim about ${claim}`,
  })),
  { route: '/evidence/claims/{claim}', path: '/evidence/claims/tea', name: 'a claim that there is not', status: 404 },
  { route: '/evidence/studies' },
  { route: '/evidence/studies/{code}', via: ['/evidence/studies'], name: 'a study' },
  { route: '/evidence/studies/{code}', path: '/evidence/studies/own-rotas-absence', name: 'a study that is published' },
  { route: '/evidence/studies/{code}', path: '/evidence/studies/no-such-study', name: 'a study that there is not', status: 404 },
  { route: '/evidence/power' },
];

const readers = [
  { route: pack },
  { route: `${pack}/{measure}`, path: `${pack}/sickness-absence`, name: 'a measure that has changed, beside parts of our own' },
  { route: `${pack}/{measure}`, path: `${pack}/falls`, name: 'a measure with a false alarm' },
  { route: `${pack}/{measure}`, path: `${pack}/turnover`, name: 'a rolling measure, of which no chart is drawn' },
  { route: `${pack}/{measure}`, path: `${pack}/no-such-measure`, name: 'a measure that is not in the pack', status: 404 },
  { route: measures },
  { route: `${measures}/{code}`, path: `${measures}/sickness-absence` },
  { route: `${measures}/{code}/imports/{id}`, via: [`${measures}/falls`] },
];

const editors = [
  { route: `${pack}/edit` },
  { route: `${pack}/{measure}/edit`, path: `${pack}/falls/edit` },
  { route: `${pack}/{measure}/leave`, path: `${pack}/falls/leave` },
  { route: `${measures}/new` },
  { route: `${measures}/{code}/revise`, path: `${measures}/falls/revise` },
  { route: `${measures}/{code}/import`, path: `${measures}/falls/import` },
];

export const proving = {
  anybody: anybodys,
  'Amara Okafor': readers,
  'Grace Tandy': editors,
};

/** Routes that show no page, each with the reason. */
export const provingExceptions = {
  '/evidence/studies/{code}/bundle.zip': 'a file',
  '/evidence/pack.html': 'a file that stands alone',
  '/evidence/pack.xlsx': 'a file',
};
