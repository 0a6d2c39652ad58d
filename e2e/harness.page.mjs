// The checks themselves: each must fail on a page that has the fault it is there for.
import { checkAnatomy, checkAxe, checkPage, checkWidth } from './harness/check_page.mjs';
import { checkKeyboard } from './harness/check_keyboard.mjs';
import { checkPaper } from './harness/check_paper.mjs';
import { checkStill } from './harness/check_still.mjs';
import { openSample } from './harness/gallery.mjs';
import { expect, reading as test } from './harness/test.mjs';

const faults = {
  'text too pale to read': [checkAxe, () => { document.querySelector('.cw-sentence').style.color = '#ccc'; }],
  'a field without a label': [checkAxe, () => { document.querySelector('main').append(document.createElement('input')); }],
  'a box wider than the page': [checkWidth, () => { const box = document.createElement('div'); box.textContent = 'wide'; box.style.width = '2000px'; document.querySelector('main').append(box); }],
  'a second h1': [checkAnatomy, () => { document.querySelector('main').append(Object.assign(document.createElement('h1'), { textContent: 'Again' })); }],
  'an inline script': [checkAnatomy, () => { document.body.insertAdjacentHTML('beforeend', '<script>0</script>'); }],
  'a focus that cannot be seen': [checkKeyboard, () => { document.querySelector('main a').style.cssText = 'all: revert; outline: none !important; box-shadow: none !important; background: none !important'; }],
  'a control that cannot be reached': [checkKeyboard, () => { document.querySelector('main a').tabIndex = -1; }],
  'a link out of order': [checkKeyboard, () => { document.querySelector('footer a').tabIndex = 3; }],
  'a button on paper': [checkPaper, () => { document.querySelector('main').insertAdjacentHTML('beforeend', '<button>Send</button>'); document.querySelector('main button:last-child').style.setProperty('display', 'block', 'important'); }],
  'words too pale for paper': [checkPaper, () => { document.querySelector('.cw-sentence').style.setProperty('color', '#ddd', 'important'); }],
};

for (const [fault, [check, bring]] of Object.entries(faults)) {
  test(`the checks find ${fault}`, async ({ page }) => {
    await openSample(page, 'home');
    await check(page);
    await page.evaluate(bring);
    await expect(check(page)).rejects.toThrow();
  });
}

test('a page is checked once its script has drawn it', async ({ page }) => {
  await openSample(page, 'home');
  await page.evaluate(() => {
    const main = document.querySelector('main');
    main.ariaBusy = 'true';
    main.append(document.createElement('input')); // without a label, as yet
    // Later than a check that did not wait would look.
    setTimeout(() => { main.lastChild.remove(); main.ariaBusy = null; }, 1500);
  });
  await checkPage(page);
});

test('the check without scripts opens a page that has any, and finds what it lacks there', async ({ page, still, allowed }) => {
  allowed.push(/nothing\.js/, /status of 404/, /MIME type/);
  await openSample(page, 'home');
  expect(await checkStill(page, still), 'a page without scripts is the same').toBe(false);
  await page.evaluate(() => document.head.append(Object.assign(document.createElement('script'), { src: '/nothing.js' })));
  expect(await checkStill(page, still), 'a page with a script is opened again').toBe(true);
  await page.evaluate(() => history.replaceState(null, '', '/nothing.js'));
  await expect(checkStill(page, still)).rejects.toThrow();
});
