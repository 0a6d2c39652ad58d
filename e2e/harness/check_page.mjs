// What must hold for every page at every width. Call checkPage(page) once the page is open.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from '@playwright/test';
import { checkKeyboard } from './check_keyboard.mjs';

/** The rules that axe applies: WCAG 2.2 A and AA, and what it calls best practice. */
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

export async function checkPage(page) {
  await drawn(page);
  await checkAnatomy(page);
  await checkWidth(page);
  await checkAxe(page);
  await checkKeyboard(page);
}

/** Waits until the fonts are there, and what the page's own script draws when it is opened: until then a part of it is busy. */
export async function drawn(page) {
  await page.evaluate(() => document.fonts.ready);
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0, { timeout: 20_000 });
}

/** One h1, a title, the landmarks, the way past the header, and the record strip. */
export async function checkAnatomy(page) {
  await page.waitForLoadState();
  const landmarks = Promise.all(['banner', 'main', 'contentinfo'].map((role) => page.getByRole(role).count()));
  const { title, ...found } = await page.evaluate(readAnatomy);
  expect(title, 'the tab has a title with the organisation').toMatch(/\S.* - \S/);
  expect({ ...found, landmarks: await landmarks }, 'the page is whole').toEqual({
    'headings of the first rank': 1,
    'headings of the first rank without words': 0,
    'where the skip links lead': ['#maincontent'],
    'the main content has that name': 1,
    'record strips': 1,
    'the record strip says what it is': true,
    'inline styles and scripts': 0,
    landmarks: [1, 1, 1],
  });
}

function readAnatomy() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const strips = all('footer .cw-record');
  return {
    title: document.title,
    'headings of the first rank': all('h1').length,
    'headings of the first rank without words': all('h1').filter((heading) => !heading.textContent.trim()).length,
    'where the skip links lead': all('a.nhsuk-skip-link').map((link) => link.getAttribute('href')),
    'the main content has that name': all('main#maincontent').length,
    'record strips': strips.length,
    'the record strip says what it is': strips.every((strip) => strip.textContent.includes({ cy: 'Y cofnod' }[document.documentElement.lang] ?? 'The record')),
    'inline styles and scripts': all('[style], script:not([src])').length,
  };
}

/** Nothing makes the page wider than the glass. */
export async function checkWidth(page) {
  const wide = await page.evaluate(() => {
    const glass = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= glass) return [];
    const culprits = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > glass + 1);
    return culprits.slice(0, 5).map((element) => element.outerHTML.slice(0, 120)).concat(`page is ${document.documentElement.scrollWidth} px`);
  });
  expect(wide, 'nothing is wider than the page').toEqual([]);
}

export async function checkAxe(page) {
  expect(page.frames().length, 'axe looks at one document: the page has no other in it').toBe(1);
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
  const { violations, incomplete, passes } = await page.evaluate(async (runOnly) => {
    const found = await window.axe.run(document, { runOnly, resultTypes: ['violations', 'incomplete'], elementRef: false, preload: { assets: ['media'] } });
    const told = (list) => list.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, any }) => ({ html, any: any.map(({ data }) => ({ data: { messageKey: data?.messageKey } })) })) }));
    return { violations: told(found.violations), incomplete: told(found.incomplete), passes: found.passes.map(({ id }) => id) };
  }, rules);
  const told = (list) => list.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`));
  expect(passes.length, 'axe looked at the page').toBeGreaterThan(10);
  expect(told(violations), 'axe finds nothing').toEqual([]);
  // Over a picture or a gradient axe cannot measure contrast and a person would have to. We have no such text.
  const overPicture = (node) => node.any.some(({ data }) => ['bgImage', 'bgGradient', 'imgNode'].includes(data?.messageKey));
  // The words of a chart stand over their own drawing, not over a picture; package chart answers for their colours.
  const inChart = (node) => /^<(text|tspan)\b/.test(node.html);
  const unmeasured = incomplete.filter(({ id }) => id === 'color-contrast').map((rule) => ({ ...rule, nodes: rule.nodes.filter((node) => overPicture(node) && !inChart(node)) }));
  expect(told(unmeasured), 'no text stands over a picture or a gradient').toEqual([]);
}
