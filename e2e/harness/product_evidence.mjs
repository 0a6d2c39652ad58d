// The pages of the board pack and of an organisation's own figures, by who opens them: see product.mjs.
const pack = '/evidence/pack';
const measures = '/evidence/indicators';

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
  anybody: [{ route: '/evidence/glossary' }],
  'Amara Okafor': readers,
  'Grace Tandy': editors,
};

/** Routes of the pack that show no page, each with the reason. */
export const provingExceptions = {
  '/evidence/pack.html': 'a file that stands alone',
  '/evidence/pack.csv': 'a file',
  '/evidence/pack.xlsx': 'a file',
};
