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
  { route: '/evidence/power', path: '/evidence/power?indicator=sickness-absence&from=2025-06&sites=2&matters=0.5', name: 'what two parts can show' },
  { route: '/evidence/power/file' },
];

const studies = '/evidence/studies';
const editors = [
  { route: `${studies}/new`, name: 'what kind of study' },
  { route: `${studies}/new`, path: `${studies}/new?data=file&design=start`, name: 'a study of a file' },
  { route: `${studies}/new`, path: `${studies}/new?data=measures&design=amount`, name: 'a study of measures' },
  { route: `${studies}/new/written` },
  { route: `${studies}/{code}/lock`, path: `${studies}/welcome-letters-turnover/lock` },
  { route: `${studies}/{code}/run`, path: `${studies}/welcome-letters-turnover/run` },
  { route: `${studies}/{code}/publish`, path: `${studies}/welcome-letters-turnover/publish` },
  { route: `${studies}/{code}/withdraw`, path: `${studies}/welcome-letters-turnover/withdraw` },
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
