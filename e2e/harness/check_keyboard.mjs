// Walks a page with the Tab key as somebody without a mouse does.
import { expect } from '@playwright/test';

/** Every control is reached, in the order of the page, seen when it is reached, and left again. */
export async function checkKeyboard(page) {
  await page.evaluate(beginAtTop);
  const expected = await page.evaluate(markControls);
  // All the same key, so none need wait for the one before to be told of.
  await Promise.all(Array.from({ length: expected.length + 1 }, () => page.keyboard.press('Tab')));
  const way = await page.evaluate(() => {
    const path = [...window.cwPath.slice(1), window.cwFocus()];
    return path.includes(null) ? path.slice(0, path.indexOf(null)) : path;
  });
  // Where the focus came round to the first control again, the skip link would lie over the header for the checks to come.
  await page.evaluate(() => document.activeElement?.blur());
  const unseen = way.flatMap(({ control, visible, shown }) => [
    visible ? [] : `${control} is out of sight`,
    shown ? [] : `${control} looks the same with the focus as without`,
  ].flat());
  expect(way.map(({ control }) => control), 'Tab reaches every control, in the order of the page').toEqual(expected);
  expect(unseen, 'whoever tabs sees where they are').toEqual([]);
  expect(way[0].control, 'the skip link comes first').toMatch(/Skip to main content|Neidio i’r prif gynnwys/);
}

/** Puts the focus where somebody begins who comes to the page, and notes at each Tab where it led before. */
function beginAtTop() {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
  document.body.blur();
  window.scrollTo(0, 0);
  window.cwFocus = () => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const box = element.getBoundingClientRect();
    return {
      control: element.cwControl ?? element.outerHTML.slice(0, 80),
      visible: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      shown: window.cwLook(element) !== element.cwBefore,
    };
  };
  if (!window.cwPath) {
    window.addEventListener('keydown', ({ key }) => key === 'Tab' && window.cwPath.push(window.cwFocus()), true);
    // From the last control the focus leaves the page; the browser may bring it back to the first at once.
    window.addEventListener('focusout', ({ relatedTarget }) => relatedTarget ?? window.cwPath.push(null), true);
  }
  window.cwPath = [];
}

/** Numbers the controls, notes how each looks without the focus, and returns their names in the order of the page. */
function markControls() {
  window.cwLook = (element) => {
    const parts = [[element, null], [element, '::before'], [element.nextElementSibling, null], [element.nextElementSibling, '::before']];
    return parts.map(([part, pseudo]) => {
      if (!part) return '';
      const style = getComputedStyle(part, pseudo);
      return [style.outlineColor, style.outlineStyle, style.outlineWidth, style.boxShadow, style.backgroundColor, style.borderColor, style.borderWidth].join(' ');
    }).join('|');
  };
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled;
  const stop = (element) => {
    if (element.type !== 'radio') return true;
    const group = [...document.getElementsByName(element.name)];
    return element === (group.find((radio) => radio.checked) ?? group[0]);
  };
  const all = document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]');
  return [...all].filter((element) => shown(element) && stop(element)).map((element, index) => {
    const words = element.getAttribute('aria-label') ?? element.id ?? '';
    element.cwControl = `${index + 1} ${element.tagName.toLowerCase()} ${words || element.textContent.trim().slice(0, 40)}`;
    element.cwBefore = window.cwLook(element);
    return element.cwControl;
  });
}
