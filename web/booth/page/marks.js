// The part of the page on which the voter marks answers: a list to choose from, or an order to make.

import { el, hidden, plainButton, svg } from './element.js';

/** The form's fields for a question. */
export function fieldsFor(question, marks) { return question.ranked ? rankingFields(question, marks) : choiceFields(question, marks); }

/** What the question asks, in words. */
export function instruction({ ranked, min, max, blank, answers }) {
  if (ranked) return 'Put your first choice at the top, then as many more as you like.';
  const few = min === max ? `${max}` : min === 0 ? `up to ${max}` : `from ${min} to ${max}`;
  return `Choose ${few} of ${answers.length}${blank ? ', or leave your ballot blank' : ''}.`;
}

function choiceFields(question, marks) {
  const single = question.max === 1 && (question.min === 1 || question.blank);
  const kind = single ? 'radio' : 'checkbox';
  const name = single ? 'radios' : 'checkboxes';
  const inputs = [];
  const item = (id, label, change) => {
    const input = el('input', { class: `nhsuk-${name}__input`, id, name: 'choice', type: kind, onchange: () => { change(input.checked); refresh(); } });
    inputs.push(input);
    return el('div', { class: `nhsuk-${name}__item` }, input, el('label', { class: `nhsuk-label nhsuk-${name}__label`, for: id }, label));
  };
  const items = question.answers.map((answer, i) => item(`answer-${i}`, answer, (on) => marks.choose(i, on)));
  if (question.blank) {
    items.push(el('div', { class: `nhsuk-${name}__divider` }, 'or'), item('blank', 'Leave my ballot blank', (on) => marks.leaveBlank(on)));
  }
  const refresh = () => inputs.forEach((input, i) => { input.checked = i < question.answers.length ? marks.chosen.has(i) : marks.blank; });
  refresh();
  return el('fieldset', { class: 'nhsuk-fieldset', 'aria-describedby': 'hint' },
    el('legend', { class: 'nhsuk-fieldset__legend nhsuk-fieldset__legend--m' }, 'Your choice'),
    el('div', { class: `nhsuk-${name}` }, items));
}

export function ordinal(n) {
  const ending = n % 100 > 10 && n % 100 < 14 ? 'th' : ['th', 'st', 'nd', 'rd'][n % 10] ?? 'th';
  return `${n}${ending}`;
}

function rankingFields(question, marks) {
  const order = el('ol', { class: 'cw-rank', 'aria-labelledby': 'order' });
  const rest = el('ul', { class: 'cw-rank cw-rank--rest', 'aria-labelledby': 'rest' });
  const status = el('p', { class: 'cw-small cw-quiet', role: 'status' });
  const restHeading = el('h2', { id: 'rest' }, 'Not ranked');
  const empty = el('p', { class: 'cw-quiet' }, 'Nobody yet. Add your first choice from below.');

  /** Draws both lists again, says what happened, and puts the focus back on the row that moved. */
  const draw = (moved, kind) => {
    order.replaceChildren(...marks.order.map(rankedRow));
    rest.replaceChildren(...marks.rest.map(restRow));
    restHeading.hidden = rest.hidden = marks.rest.length === 0;
    order.hidden = marks.order.length === 0;
    empty.hidden = !order.hidden;
    if (moved === undefined) return;
    const place = marks.order.indexOf(moved);
    status.textContent = place < 0 ? `${question.answers[moved]} is not ranked.` : `${question.answers[moved]} is now your ${ordinal(place + 1)} choice.`;
    const row = document.getElementById(`answer-${moved}`);
    (row.querySelector(`button[data-move="${kind}"]:not([disabled])`) ?? row.querySelector('button:not([disabled])')).focus();
  };
  const mover = (i, kind, label, path, act, disabled) => el('button', {
    type: 'button', 'data-move': kind, 'aria-label': label, disabled,
    onclick: () => { act(); draw(i, kind); },
  }, svg('svg', { width: '22', height: '22', viewBox: '0 0 22 22', 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: path, fill: 'none', stroke: 'currentColor', 'stroke-width': '2.4', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' })));

  const rankedRow = (i, at) => {
    const who = question.answers[i];
    const last = at === marks.order.length - 1;
    return el('li', { id: `answer-${i}` },
      el('span', { class: 'cw-rank__place', 'aria-hidden': 'true' }, String(at + 1)),
      el('span', { class: 'cw-rank__who' }, el('b', {}, who)),
      el('span', { class: 'cw-rank__move' },
        grip(i),
        mover(i, 'up', `Move ${who} up to choice ${at}`, 'M11 17V5M5.5 10.5L11 5l5.5 5.5', () => marks.up(i), at === 0),
        mover(i, 'down', last ? `Take ${who} out of your order` : `Move ${who} down to choice ${at + 2}`, 'M11 5v12M5.5 11.5L11 17l5.5-5.5', () => marks.down(i), false)));
  };
  const restRow = (i) => el('li', { id: `answer-${i}` },
    el('span', { class: 'cw-rank__who' }, el('b', {}, question.answers[i])),
    el('span', { class: 'cw-add' }, el('button', { type: 'button', 'data-move': 'add', onclick: () => { marks.add(i); draw(i, 'down'); } },
      'Add ', hidden(`${question.answers[i]} `), `as ${ordinal(marks.order.length + 1)}`)));

  /** Dragging is an extra for pointers: the row follows to where the pointer is, and the buttons do the same. */
  const grip = (i) => {
    const dots = [4, 11, 18].flatMap((cy) => [3, 11].map((cx) => svg('circle', { cx, cy, r: '1.9', fill: 'currentColor' })));
    const handle = el('span', { class: 'cw-grip', 'aria-hidden': 'true' }, svg('svg', { width: '14', height: '22', viewBox: '0 0 14 22' }, dots));
    handle.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      const row = () => document.getElementById(`answer-${i}`);
      row().classList.add('is-moving');
      const move = ({ clientY }) => {
        const rows = [...order.children];
        const over = rows.findIndex((other) => clientY < other.getBoundingClientRect().bottom);
        const at = over < 0 ? rows.length - 1 : over;
        if (at === marks.order.indexOf(i)) return;
        marks.place(i, at);
        draw();
        row().classList.add('is-moving');
      };
      const drop = () => {
        document.removeEventListener('pointermove', move);
        document.removeEventListener('pointerup', drop);
        document.removeEventListener('pointercancel', drop);
        draw(i, 'up');
      };
      document.addEventListener('pointermove', move);
      document.addEventListener('pointerup', drop);
      document.addEventListener('pointercancel', drop);
    });
    return handle;
  };
  draw();
  return el('div', {}, el('h2', { id: 'order' }, 'Your order'), empty, order, status, restHeading, rest,
    el('p', {}, plainButton('Take everybody out and begin again', () => { marks.leaveBlank(false); marks.order = []; draw(); status.textContent = 'Nobody is ranked.'; })));
}

/** What is marked, as a list to read. */
export function summary(question, marks) {
  if (marks.blank) return [el('p', {}, 'You leave your ballot blank.')];
  if (!question.ranked) {
    const chosen = question.answers.filter((_, i) => marks.chosen.has(i));
    return chosen.length === 0 ? [el('p', {}, 'You choose none of the answers.')] : [el('ul', { class: 'nhsuk-list nhsuk-list--bullet' }, chosen.map((answer) => el('li', {}, answer)))];
  }
  return [
    el('ol', { class: 'cw-order' }, marks.order.map((i, at) => el('li', {}, el('span', { class: 'cw-rank__place', 'aria-hidden': 'true' }, String(at + 1)), el('b', {}, question.answers[i])))),
    marks.rest.length > 0 && el('p', {}, `You have not ranked ${named(marks.rest.map((i) => question.answers[i]))}. That is fine.`),
  ];
}

function named(list) { return list.length === 1 ? list[0] : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`; }
