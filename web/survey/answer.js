// What the pages of answers do in a browser that runs scripts: they keep a draft on the device, put the pass that is on it into the
// last form, and forget both when they are sent or when the reader says so. The forms are sent by the browser and not from here,
// and every word on the pages is the server's.

import { add, drop, forget, keep, kept, list, passIn, save } from './device.js';

const root = document.getElementById('answers');
const survey = root.dataset.wave;
const at = (id) => document.getElementById(id);
const shown = (element, yes = true) => { if (element !== null) element.hidden = !yes; };
const say = (text) => { at('said').textContent = text; };

/** What is in a form besides how it is sent. The pass is not part of a draft. */
const sending = ['lang', 'step', 'go', 'whole', 'pass', 'serial'];
const answersIn = (form) => Object.fromEntries([...new FormData(form)].filter(([name]) => !sending.includes(name)));

const hiddenField = (name, value) => Object.assign(document.createElement('input'), { type: 'hidden', name, value });

function start() {
  takeFromAddress();
  shown(at('keeps'));
  shown(at('pass-here'), list('pass', survey).length > 0);
  const saving = root.querySelector('[data-save]');
  saving.addEventListener('click', () => save(saving.dataset.save, `${list('pass', survey).join('\n')}\n`));
  const draft = kept('draft', survey);
  const begun = draft !== null && Object.values(draft.values ?? {}).some((value) => value !== '');
  shown(at('draft'), begun);
  shown(at('begin'), !begun);
  at('draft').querySelector('form').addEventListener('submit', (event) => {
    const form = event.currentTarget;
    for (const old of form.querySelectorAll('[data-draft]')) old.remove(); // the reader may have come back here
    const fields = [...Object.entries(draft.values), ['go', `to:${draft.step}`]].map(([name, value]) => hiddenField(name, value));
    for (const field of fields) field.dataset.draft = '';
    form.prepend(...fields);
  });
}

/** A pass that comes from the pages of members on another host stands behind the # of the address, and does not stay there. */
function takeFromAddress() {
  const brought = passIn(location.hash);
  if (brought === '' || brought.split('.')[1] !== survey) return;
  if (add('pass', survey, brought)) history.replaceState(null, '', location.pathname + location.search);
}

function step() {
  const form = root.querySelector('form');
  restore(form);
  const note = (values) => keep('draft', survey, { step: root.dataset.step, values });
  const before = () => kept('draft', survey)?.values ?? {};
  const remember = () => note({ ...before(), ...answersIn(form) });
  remember();
  shown(at('stop'), list('pass', survey) !== null && kept('draft', survey) !== null);
  form.addEventListener('input', remember);
  form.addEventListener('submit', (event) => {
    const what = event.submitter?.value;
    if (what === 'clear') {
      const values = before();
      for (const field of onPage(form)) delete values[field.name];
      note(values);
    } else {
      remember();
    }
    if (what === 'send') send(event, form);
  });
  if (root.dataset.step === '-review') pass();
}

/** The fields of this page, as against those that carry what other pages asked. */
const onPage = (form) => [...form.elements].filter((field) => field.name !== '' && field.type !== 'hidden' && field.type !== 'submit' && !sending.includes(field.name));

/** The draft is never older than what the server shows, which came from this device. */
function restore(form) {
  const values = kept('draft', survey)?.values ?? {};
  for (const field of onPage(form)) {
    if (!(field.name in values)) continue;
    if (field.type === 'radio') field.checked = field.value === values[field.name];
    else if (field.tagName !== 'SELECT' || [...field.options].some((option) => option.value === values[field.name])) field.value = values[field.name];
  }
}

/** On the last page: the pass that is on the device, or a way to bring it. A pass that was refused is not tried again by itself. */
function pass() {
  const text = at('pass');
  const refused = at('pass-error') !== null || at('serial-error') !== null;
  if (at('pass-error')?.dataset.used !== undefined) drop('pass', survey, passIn(text.value));
  const [here] = list('pass', survey);
  if (here !== undefined && !refused && text.value === '' && at('serial').value === '') {
    text.value = here;
    shown(at('pass-found'));
    shown(at('pass-asked'), false);
    return;
  }
  shown(at('pass-missing'), here === undefined && !refused);
  shown(at('pass-chooser'));
  at('pass-file').addEventListener('change', async (event) => {
    const [file] = event.currentTarget.files;
    if (file !== undefined) text.value = passIn(await file.text());
  });
}

function send(event, form) {
  if (!navigator.onLine) {
    event.preventDefault();
    say(at('said').dataset.offline);
    return;
  }
  try {
    sessionStorage.setItem(`commonweal.survey.sent.${survey}`, passIn(form.elements.pass.value));
  } catch {
    // The pass then stays on the device until it is refused as used.
  }
}

function sent() {
  const { mark, file } = root.dataset;
  try {
    drop('pass', survey, sessionStorage.getItem(`commonweal.survey.sent.${survey}`));
    sessionStorage.removeItem(`commonweal.survey.sent.${survey}`);
  } catch {
    // As above.
  }
  forget('draft', survey);
  shown(at('gone'), add('mark', survey, mark));
  shown(at('save'));
  at('save').querySelector('button').addEventListener('click', () => save(file, `${mark}\n`));
}

/** A pass is gone for good when it is forgotten, so that takes a second press. */
function forgetting(button) {
  const { forget: what } = button.dataset;
  let sure = what !== 'pass';
  button.addEventListener('click', () => {
    if (!sure) {
      sure = true;
      say(at('said').dataset.sure);
      return;
    }
    forget(what, survey);
    if (what === 'draft') {
      shown(at('draft'), false);
      shown(at('begin'));
    } else {
      shown(button.parentElement, false);
    }
    say(at('said').dataset.forgotten);
  });
}

for (const button of root.querySelectorAll('[data-forget]')) forgetting(button);
({ start, step, sent })[root.dataset.page]();
