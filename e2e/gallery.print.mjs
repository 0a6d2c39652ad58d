// Every component of package page on paper.
import { openSample, samples } from './harness/gallery.mjs';
import { checkPaper } from './harness/check_paper.mjs';
import { test } from './harness/test.mjs';

for (const name of samples) {
  test(`${name} holds on paper`, async ({ page }) => {
    await openSample(page, name);
    await checkPaper(page);
  });
}
