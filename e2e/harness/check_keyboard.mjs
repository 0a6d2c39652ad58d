// Walks a page with the Tab key as somebody without a mouse does.
import { expect } from '@playwright/test';

/** Every control is reached, in the order of the page, seen when it is reached, and left again. */
export async function checkKeyboard(page) {
  const expected = await page.evaluate(markControls);
  const reached = [];
  const unseen = [];
  await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
  for (let i = 0; i < expected.length + 5; i += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(describeFocus);
    if (at === null) break;
    reached.push(at.control);
    if (!at.visible) unseen.push(`${at.control} is out of sight`);
    if (!at.shown) unseen.push(`${at.control} looks the same with the focus as without`);
  }
  expect(reached, 'Tab reaches every control, in the order of the page').toEqual(expected);
  expect(unseen, 'whoever tabs sees where they are').toEqual([]);
  expect(reached[0], 'the skip link comes first').toContain('Skip to main content');
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

function describeFocus() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  return {
    control: element.cwControl ?? element.outerHTML.slice(0, 80),
    visible: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    shown: window.cwLook(element) !== element.cwBefore,
  };
}
