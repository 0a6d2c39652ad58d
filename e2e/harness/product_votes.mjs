// The pages of votes, by who opens them: see product.mjs. What the demonstration shows only after some weeks is opened on a
// copy of it in which they have passed, and is called later here: see prepare_votes.mjs.
const shifts = '/votes/shifts/staff';
const therapies = '/votes/council/therapies';
const directors = '/votes/directors/staff';
const [conducted, nominated, drafted] = ['council', 'directors', 'clinics'].map((code) => `/votes/conduct/${code}`);
const later = true;

const contest = '/votes/{poll}/{contest}';
const conduct = '/votes/conduct/{poll}';
const codes = `${contest}/credentials`;
const paper = `${contest}/paper`;

const anybodys = [
  { route: '/votes' },
  { route: '/votes/{poll}', path: '/votes/council' },
  { route: contest, path: therapies, name: 'a contest that is declared' },
  { route: `${contest}/candidates`, path: `${therapies}/candidates` },
  { route: `${contest}/result`, path: `${therapies}/result` },
  { route: `${contest}/by-paper`, path: `${shifts}/by-paper` },
  { route: '/booth/' },
  { route: '/booth/check.html' },
  { route: '/board' },
  { route: '/board/{uuid}', via: [shifts], name: 'the board of a vote that is open' },
  { route: '/board/{uuid}', via: [therapies], name: 'the board of a vote that is declared' },
  { route: '/board/{uuid}/trackers', via: [therapies, '/board/{uuid}'] },
  { route: '/board/{uuid}/result', via: [`${therapies}/result`] },
];

const members = [
  { route: '/votes' },
  { route: '/votes/{poll}', path: '/votes/directors' },
  { route: contest, path: shifts, name: 'a contest that is open' },
  { route: contest, path: directors, name: 'a contest with nominations' },
  { route: `${contest}/entry`, path: `${shifts}/entry` },
  { route: `${contest}/carry`, path: `${shifts}/carry` },
  { route: `${contest}/key`, path: `${directors}/key`, later },
  { route: `${contest}/objection`, path: `${directors}/objection`, later },
  { route: `${contest}/back/{nomination}`, via: ['/home'] },
  { route: `${contest}/stand`, path: `${directors}/stand` },
  { route: '/demo/drawer' },
];

/** One who stands, and one who voted in what is declared. */
const candidates = [
  { route: `${contest}/stand`, path: `${directors}/stand`, name: 'a nomination that is entered' },
  { route: `${contest}/stand/statement`, path: `${directors}/stand/statement` },
  { route: `${contest}/stand/interests`, path: `${directors}/stand/interests` },
  { route: `${contest}/stand/review`, path: `${directors}/stand/review` },
  { route: `${contest}/stand/photo`, path: `${directors}/stand/photo` },
  { route: `${contest}/stand/backers`, path: `${directors}/stand/backers` },
  { route: `${contest}/stand/withdraw`, path: `${directors}/stand/withdraw` },
];
const voters = [{ route: `${contest}/question`, path: `${therapies}/question` }];
const outsiders = [{ route: `${contest}/claim`, path: `${directors}/claim`, later }];

const secretarys = [
  { route: '/votes/conduct/new' },
  { route: '/votes/conduct/new', path: '/votes/conduct/new?kind=constituency', name: 'an election to prepare' },
  { route: conduct, path: drafted, name: 'a draft of a vote' },
  { route: `${conduct}/edit`, path: `${drafted}/edit` },
  { route: `${conduct}/rules/edit`, path: `${drafted}/rules/edit` },
  { route: `${conduct}/call`, path: `${drafted}/call`, status: 409 }, // it has no officials
  { route: `${conduct}/officials`, path: `${nominated}/officials` },
  { route: `${conduct}/officials/new`, path: `${nominated}/officials/new?office=registrar` },
  { route: `${conduct}/officials/{official}/end`, via: [`${nominated}/officials`] },
  { route: `${conduct}/petitions`, path: `${conducted}/petitions` },
];

const officers = [
  { route: '/votes/conduct' },
  { route: conduct, path: nominated },
  { route: `${conduct}/rules`, path: `${nominated}/rules` },
  { route: `${conduct}/days/{step}`, path: `${nominated}/days/nominations-close` },
  { route: `${conduct}/close`, path: `${nominated}/close` },
  { route: `${conduct}/abandon`, path: `${nominated}/abandon` },
  { route: `${conduct}/nominations`, path: `${nominated}/nominations` },
  { route: `${conduct}/nominations/new`, path: `${nominated}/nominations/new?contest=staff` },
  { route: `${conduct}/nominations/{nomination}`, via: [`${nominated}/nominations`] },
  { route: `${conduct}/nominations/{nomination}/refuse`, via: [`${nominated}/nominations`, `${conduct}/nominations/{nomination}`] },
  { route: `${conduct}/nominations/{nomination}/withdraw`, via: [`${nominated}/nominations`, `${conduct}/nominations/{nomination}`] },
  { route: `${conduct}/nominations/{nomination}/backer`, path: () => `${process.env.PRODUCT_NOMINATION}/backer` },
  { route: `${conduct}/uncontested/{contest}`, path: `${nominated}/uncontested/staff` },
  { route: `${conduct}/roll`, path: `${nominated}/roll`, later },
  { route: `${conduct}/roll/{contest}/voters`, path: `${nominated}/roll/staff/voters`, later },
  { route: `${conduct}/claims`, path: `${nominated}/claims`, later },
  { route: `${conduct}/claims/{claim}`, via: [`${nominated}/claims`], later },
  { route: `${conduct}/notice`, path: `${nominated}/notice` },
  { route: `${conduct}/key`, path: `${conducted}/key` },
  { route: `${conduct}/key/absent`, path: `${conducted}/key/absent` },
  { route: `${conduct}/pollbook/{contest}`, path: '/votes/conduct/shifts/pollbook/staff' },
  { route: `${conduct}/result/{contest}`, path: '/votes/conduct/shifts/result/staff', later },
  { route: `${conduct}/petitions/{petition}`, via: [`${conducted}/petitions`] },
  { route: `${conduct}/vacancies`, path: `${conducted}/vacancies` },
  { route: `${conduct}/vacancies/new`, path: `${conducted}/vacancies/new` },
  { route: `${conduct}/vacancies/{vacancy}`, via: [`${conducted}/vacancies`] },
  { route: '/keys/begin', path: '/keys/begin?poll=directors' },
  { route: '/keys/{setup}/give-up', via: ['/keys', '/keys/{setup}'], later },
  { route: `${paper}/reckoning`, path: `${shifts}/paper/reckoning`, later },
  { route: `${paper}/reckoning/received`, path: `${shifts}/paper/reckoning/received`, later },
  { route: `${paper}/ballot`, path: `${therapies}/paper/ballot` },
  { route: `${paper}/voters/{voter}/back`, via: [`${shifts}/paper/reckoning/received`], later },
  { route: `${paper}/rulings/{batch}/{paper}`, path: `${shifts}/paper/rulings/A/2`, later },
  { route: `${paper}/sign/{channel}`, path: `${shifts}/paper/sign/paper`, later },
];

const registrars = [
  { route: codes, path: `${directors}/credentials`, later },
  { route: `${codes}/make`, path: `${directors}/credentials/make`, later },
  { route: `${codes}/list`, path: `${shifts}/credentials/list?names=1` },
  { route: `${codes}/replace`, path: `${shifts}/credentials/replace` },
  { route: `${codes}/replaced/{mark}`, path: () => process.env.PRODUCT_REPLACED },
  { route: `${codes}/void`, path: `${shifts}/credentials/void` },
];

const keyholders = [
  { route: '/keys', later },
  { route: '/keys/{setup}', via: ['/keys'], later, name: 'a key that is being made' },
  { route: '/keys/{setup}', via: ['/keys'], name: 'a key that is made' },
  { route: '/keys/{setup}/stop', via: ['/keys', '/keys/{setup}'], later },
  { route: '/keys/{setup}/destroyed', via: ['/keys'], later },
  { route: `${contest}/open`, path: `${shifts}/open`, later },
  { route: '/demo/drawer' },
];

const tellers = [
  { route: paper, path: `${shifts}/paper`, later },
  { route: `${paper}/received`, path: `${shifts}/paper/received`, later },
  { route: `${paper}/voters/{voter}`, path: () => `${shifts}/paper/voters/${process.env.PRODUCT_SENT}` },
  { route: `${paper}/voters/{voter}/spoilt`, via: [`${shifts}/paper/received`], later },
  { route: `${paper}/batches`, path: `${shifts}/paper/batches`, later },
  { route: `${paper}/batches/{batch}`, path: `${shifts}/paper/batches/A`, later },
  { route: `${paper}/batches/{batch}/size`, path: `${shifts}/paper/batches/A/size`, later },
  { route: `${paper}/batches/{batch}/{paper}`, path: `${shifts}/paper/batches/C/1`, later },
];

export const voting = {
  anybody: anybodys,
  'Amara Okafor': members,
  'Rhian Vaughan': candidates,
  'Dev Malhotra': voters,
  'Grace Tandy': outsiders,
  'Huw Prosser': secretarys,
  'Ivo Brackenridge': officers,
  'Mair Tregarth': registrars,
  'Tomos Pugh': keyholders,
  'Gwil Haverly': tellers,
};

const file = 'a file';
const step = 'an earlier or later step of a form of which another is opened';

/** Routes of votes that show no page, or that nothing leads to, each with the reason. */
export const votingExceptions = {
  '/photos/{sum}': 'a picture',
  '/votes/conduct/{poll}/nominations/{nomination}/photo': 'a picture',
  '/keys/{setup}/files/{name}': file,
  '/keys/{setup}/mine/{name}': file,
  '/votes/{poll}/{contest}/open/{name}': file,
  '/board/{uuid}/roll': file,
  '/votes/{poll}/{contest}/paper/batches/{batch}/lines': file,
  '/board/{uuid}/key': 'a text for programs',
  '/board/{uuid}/head': 'a text for programs',
  '/board/{uuid}/heads': 'a text for programs',
  '/votes/{poll}/{contest}/stand/name': step,
  '/votes/{poll}/{contest}/paper/voters/{voter}/call': 'nobody votes by telephone in the demonstration; TestPaper_Election opens it',
  '/votes/conduct/{poll}/result/{contest}/declare': 'keyholders have to open the votes first; whole_vote.flow.mjs opens it',
};
