// Whether the mark of a pass is among those that were counted. The lists are fetched whole and looked through here: which mark
// somebody looks for is sent to nobody, because it would say that they answered.

import { el, p, problem } from '../booth/page/element.js';
import { spentHash } from './blind.js';
import { forget, list, passIn } from './device.js';

const root = document.getElementById('counted');
const { wave } = root.dataset;
const lists = root.dataset.lists.split(' ').filter(Boolean);
const said = el('div', { role: 'status' });
const input = el('input', { class: 'nhsuk-input', id: 'mark', type: 'text', autocomplete: 'off', spellcheck: 'false', autocapitalize: 'none', 'aria-describedby': 'mark-hint' });

/** The mark that was typed, or that of the pass that was. */
async function markOf(text) {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  try {
    return await spentHash(passIn(text));
  } catch {
    return '';
  }
}

async function look(event) {
  event.preventDefault();
  for (const old of document.querySelectorAll('.nhsuk-error-summary')) old.remove();
  const mark = await markOf(input.value.trim());
  if (mark === '') {
    problem('The mark of a pass has 64 letters and digits, and a pass begins with cw1. Copy all of it.', 'mark');
    return;
  }
  said.replaceChildren(p('Looking through the lists.'));
  try {
    for (const [i, address] of lists.entries()) {
      const response = await fetch(address, { credentials: 'omit' });
      if (!response.ok) throw new Error();
      if ((await response.text()).split('\n').includes(mark)) {
        said.replaceChildren(p(el('b', {}, `This pass is counted: its mark is in list ${i + 1}.`)));
        return;
      }
    }
    said.replaceChildren(p('This mark is in none of the lists that are out yet. A pass is in one from the evening after it was used, or a later one, and at the latest when the survey has closed.'));
  } catch {
    said.replaceChildren(p('The lists could not be fetched. Try again when you have signal.'));
  }
}

const [here] = list('mark', wave);
if (here !== undefined) input.value = here;
root.replaceChildren(
  el('form', { onsubmit: look, novalidate: true },
    el('div', { class: 'nhsuk-form-group' },
      el('label', { class: 'nhsuk-label nhsuk-label--s', for: 'mark' }, 'The mark of your pass, or the pass itself'),
      el('div', { class: 'nhsuk-hint', id: 'mark-hint' }, 'You got it when you answered. It is looked for in this browser, and sent to nobody.'), input),
    el('button', { class: 'nhsuk-button nhsuk-button--secondary', type: 'submit' }, 'Look for it')),
  here === undefined ? '' : p('The mark was kept on this device. ', el('button', { class: 'cw-link-button', type: 'button', onclick: (event) => { forget('mark', wave); input.value = ''; event.currentTarget.parentElement.remove(); } }, 'Forget it')),
  said);
