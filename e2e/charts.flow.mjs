// What the charts of the board pack owe to whoever looks at them: words that can be read on the narrowest glass and on paper,
// a table of what the picture shows, and, in the demonstration, a change that is shown, a false alarm that is taken calmly and
// a rolling figure that is not drawn.
import { expect, test } from './harness/test.mjs';
import { signInAs } from './harness/people.mjs';
import { Visitor } from './harness/visitor.mjs';

test.skip(!process.env.COMMONWEAL_BIN, 'COMMONWEAL_BIN names no program');

/** The charts that are shown: how many, the least size of their words in pixels, and how many words run out of them. */
const charts = (page) => page.evaluate(() => {
  const shown = [...document.querySelectorAll('svg.cw-svg')].filter((svg) => svg.getClientRects().length > 0);
  const words = shown.flatMap((svg) => [...svg.querySelectorAll('text')].map((text) => ({ svg: svg.getBoundingClientRect(), at: text.getBoundingClientRect(), size: parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a })));
  return {
    shown: shown.length,
    least: Math.min(...words.map(({ size }) => size)),
    out: words.filter(({ svg, at }) => at.left < svg.left - 2 || at.right > svg.right + 2).length,
    wide: document.documentElement.scrollWidth > window.innerWidth,
  };
});

async function readable(page, where, pictures) {
  for (const width of [320, 390, 768, 1280]) { // 320 is a screen of 1280 at 400 %
    await page.setViewportSize({ width, height: 900 });
    const found = await charts(page);
    expect(found.least, `words of the charts ${where} at ${width} pixels`).toBeGreaterThanOrEqual(12);
    expect({ ...found, least: 0 }, `${where} at ${width} pixels`).toEqual({ shown: pictures, least: 0, out: 0, wide: false });
  }
}

test('charts can be read at 400 % and on paper, in the pack and in its file', async ({ page, browser }) => {
  await signInAs(page, 'Grace Tandy');
  await page.goto(`${process.env.CHANGES_URL}/evidence/pack/sickness-absence`);
  await readable(page, 'on the page', 2);

  const grace = await Visitor.named(process.env.CHANGES_URL, 'Grace Tandy');
  const file = await (await browser.newContext()).newPage();
  await file.setContent((await grace.get('/evidence/pack.html')).text);
  await readable(file, 'in the file', 8);
  await file.emulateMedia({ media: 'print' });
  expect((await charts(file)).least, 'words of the charts on paper').toBeGreaterThanOrEqual(12);
  await expect(file.locator('#figures td').first(), 'the tables stand at the end of the paper').toBeVisible();
  await file.context().close();
});

test('the pack shows the change, is calm about the false alarm and draws no rolling figure', async ({ page }) => {
  await signInAs(page, 'Grace Tandy');
  const open = (measure) => page.goto(`${process.env.CHANGES_URL}/evidence/pack/${measure}`);
  await open('sickness-absence');
  await expect(page.getByRole('img', { name: 'Improving: lower than usual' })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Target not judged: the process is not settled/ })).toBeVisible();
  await open('falls');
  await expect(page.getByRole('img', { name: 'Usual variation: nothing has changed' })).toBeVisible();
  await page.getByText('See these figures as a table').first().click();
  const alarms = page.locator('.cw-chart').first().getByRole('row').filter({ hasText: '(concern)' });
  await expect(alarms, 'the month that stood out is marked, and no other').toHaveCount(1);
  await open('turnover');
  await expect(page.getByRole('heading', { name: 'No chart is drawn' })).toBeVisible();
  await expect(page.locator('svg.cw-svg')).toHaveCount(0);
});
