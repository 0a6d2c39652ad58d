// What must hold for every page at every width. Call checkPage(page) once the page is open.
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { checkKeyboard } from './check_keyboard.mjs';

/** The rules that axe applies: WCAG 2.2 A and AA, and what it calls best practice. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

export async function checkPage(page) {
  await page.evaluate(() => document.fonts.ready);
  await checkAnatomy(page);
  await checkWidth(page);
  await checkAxe(page);
  await checkKeyboard(page);
}

/** One h1, a title, the landmarks, the way past the header, and the record strip. */
export async function checkAnatomy(page) {
  await expect(page, 'the tab has a title with the organisation').toHaveTitle(/\S.* - \S/);
  await expect(page.locator('h1'), 'there is one h1').toHaveCount(1);
  await expect(page.locator('h1')).not.toBeEmpty();
  await expect(page.getByRole('banner')).toHaveCount(1);
  await expect(page.getByRole('main')).toHaveCount(1);
  await expect(page.getByRole('contentinfo')).toHaveCount(1);
  await expect(page.locator('a.nhsuk-skip-link')).toHaveAttribute('href', '#maincontent');
  await expect(page.locator('main#maincontent')).toHaveCount(1);
  await expect(page.locator('footer .cw-record'), 'the record strip is on every page').toContainText('The record');
  expect(await page.locator('[style], script:not([src])').count(), 'no inline style or script').toBe(0);
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
  const { violations, incomplete, passes } = await new AxeBuilder({ page }).withTags(rules).analyze();
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
