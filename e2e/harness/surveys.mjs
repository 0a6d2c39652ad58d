// Finding the survey that is open in the demonstration, and a slip of paper for it.
import { signInAs } from './people.mjs';

export const lead = 'Rhian Vaughan';

/** The address of the survey that waits for whoever is signed in. */
export async function openSurvey(page) {
  await page.goto(new URL('/surveys', page.url()).href);
  return page.locator('.cw-waits a').first().getAttribute('href');
}

/** The addresses of a survey that is open and of one whose results are out, whose codes follow from the day. */
export async function surveysOf(member) {
  const { text } = await member.get('/surveys');
  const first = (heading) => text.match(new RegExp(`<h2>${heading}</h2>[^]*?href="(/surveys/[\\w-]+)(?:/results)?"`))?.[1];
  const found = { PRODUCT_SURVEY: first('These wait for you'), PRODUCT_FOUND: first('What was found') };
  for (const [name, path] of Object.entries(found)) if (!path) throw new Error(`the demonstration has no survey for ${name}`);
  return found;
}

/** Makes a stack of slips as the engagement lead does, and returns the number on one with the address where it is used. */
export async function slipNumber(page) {
  await signInAs(page, lead);
  const survey = await openSurvey(page);
  const code = survey.split('/').at(-1);
  await page.goto(new URL(`/surveys/plan/waves/${code}/slips/make`, page.url()).href);
  await page.getByLabel('How many slips?').fill('3');
  await page.getByRole('button', { name: 'Make the slips and show them' }).click();
  const number = await page.locator('.cw-slip__number').nth(1).textContent();
  return { number, answers: new URL(`/answers/${code}`, page.url()).href };
}
