// What must hold for every page when it is printed: it becomes a paper for the file.
import { expect } from '@playwright/test';

/** The A4 page between its margins, in CSS pixels. */
const sheets = { portrait: { width: 673, height: 1002 }, landscape: { width: 1002, height: 673 } };

export async function checkPaper(page, way = 'portrait') {
  const sheet = sheets[way];
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize(sheet);
  await expect(page.locator('.cw-brand__name'), 'the organisation stays').toBeVisible();
  await expect(page.locator('.cw-record'), 'the record strip stays').toBeVisible();
  await expect(page.locator('h1')).toBeVisible();
  const found = await page.evaluate(() => {
    const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0 && element.getBoundingClientRect().height > 0;
    const told = (elements) => elements.map((element) => element.outerHTML.slice(0, 100));
    const gone = ['nav', '.cw-account', '.cw-actions', '.cw-crumb', 'button:not(.cw-try button)'];
    const sides = [document.documentElement, document.body].map((element) => getComputedStyle(element).backgroundColor);
    const dark = [...document.querySelectorAll('main *, header *, footer *')].filter((element) => {
      if (!element.checkVisibility() || !element.textContent.trim()) return false;
      const light = (colour) => { const [r, g, b] = colour.match(/[\d.]+/g).map(Number); return (r * 299 + g * 587 + b * 114) / 1000; };
      const style = getComputedStyle(element);
      return light(style.color) > 140 && ![...element.childNodes].every((node) => node.nodeType !== Node.TEXT_NODE || !node.data.trim());
    });
    return {
      sides,
      pale: told(dark),
      printed: told([...document.querySelectorAll(gone.join())].filter(shown)),
      closed: told([...document.querySelectorAll('details > :not(summary)')].filter((text) => shown(text.parentElement) && !shown(text))),
      width: document.documentElement.scrollWidth,
    };
  });
  expect(found.printed, 'what leads elsewhere is not printed').toEqual([]);
  expect(found.closed, 'details are open').toEqual([]);
  expect(found.sides, 'the ground is white').toEqual(['rgb(255, 255, 255)', 'rgb(255, 255, 255)']);
  expect(found.pale, 'nothing is printed in a colour too pale for white paper').toEqual([]);
  expect(found.width, 'it fits the sheet').toBeLessThanOrEqual(sheet.width);
}
