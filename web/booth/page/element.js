// Building pages. Texts go in as texts, never as markup, whatever an election's file says.

/** An element with its attributes, listeners (onclick and so on) and children; null and false are left out. */
export function el(tag, attributes = {}, ...children) { return filled(document.createElement(tag), attributes, children); }

/** The same for a drawing. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== false));
  return element;
}

export const p = (...children) => el('p', {}, ...children);
export const hidden = (text) => el('span', { class: 'nhsuk-u-visually-hidden' }, text);
export const button = (text, onclick) => el('button', { class: 'nhsuk-button', type: onclick ? 'button' : 'submit', onclick: onclick ?? null }, text);
export const plainButton = (text, onclick) => el('button', { class: 'cw-link-button', type: 'button', onclick }, text);

/** Shows a page in place of the one before, names it in the title, and brings the reader to its heading. */
export function show(kicker, heading, ...children) {
  const title = el('h1', { tabindex: '-1' }, heading);
  const shown = el('div', { class: 'cw-measure' }, kicker ? el('span', { class: 'cw-kicker' }, kicker) : null, title, ...children);
  document.getElementById('maincontent').replaceChildren(shown);
  document.title = `${heading} - ${kicker || 'Commonweal'}`;
  window.scrollTo(0, 0);
  title.focus({ preventScroll: true });
  return shown;
}

/** The summary of what is to be put right, which takes the focus. field is the id of what it is about. */
export function problem(text, field) {
  const summary = el('div', { class: 'nhsuk-error-summary', tabindex: '-1', 'aria-labelledby': 'problem' },
    el('div', { role: 'alert' },
      el('h2', { class: 'nhsuk-error-summary__title', id: 'problem' }, 'There is a problem'),
      el('div', { class: 'nhsuk-error-summary__body' },
        el('ul', { class: 'nhsuk-list nhsuk-error-summary__list' }, el('li', {}, field ? el('a', { href: `#${field}`, onclick: toField }, text) : text)))));
  for (const old of document.querySelectorAll('.nhsuk-error-summary')) old.remove();
  document.querySelector('#maincontent .cw-measure').prepend(summary);
  summary.focus();
}

/** The address keeps the election, so the link moves the focus and not the address. */
function toField(event) {
  event.preventDefault();
  document.getElementById(event.currentTarget.getAttribute('href').slice(1)).focus();
}

/** The lock and a text beside it. */
export function seal(...children) {
  const lock = svg('svg', { viewBox: '0 0 30 30', 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: 'M8 13V9a7 7 0 0 1 14 0v4', fill: 'none', stroke: 'currentColor', 'stroke-width': '2.6' }),
    svg('rect', { x: '5', y: '13', width: '20', height: '14', rx: '2.5', fill: 'currentColor' }));
  return el('div', { class: 'cw-seal' }, lock, el('div', {}, ...children));
}

/** Four words, two by two. */
export function fourWordsOf(text, labelledBy) {
  const words = text.split(' ');
  return el('p', { class: 'cw-words', 'aria-labelledby': labelledBy }, el('span', {}, words.slice(0, 2).join(' ')), ' ', el('span', {}, words.slice(2).join(' ')));
}

/** The rows of a QR code as a drawing; one that holds much is drawn larger. */
export function drawing(rows, name) {
  const size = rows.length + 8;
  const d = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : ''))).join('');
  const large = rows.length > 50;
  return svg('svg', { class: large ? null : 'cw-qr', width: large ? '288' : null, viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': name, 'shape-rendering': 'crispEdges', focusable: 'false' },
    svg('rect', { width: '100%', height: '100%', fill: '#fff' }), svg('path', { d, fill: '#212b32' }));
}
