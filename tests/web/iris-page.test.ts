import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPage } from './browser.js';
import { type Site, startSite } from './site.js';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.close());
beforeEach(() => site.reset());

async function visit() {
  const watched = await openPage(site.browser);
  await watched.page.goto(`${site.origin}/iris`);
  return watched;
}
const asked = () => site.services.seen.filter(({ url }) => url === '/predict').map(({ body }) => body);

test('four measures go to the router of iris, and the answer is told with its shares and its version', async () => {
  const { page, errors } = await visit();
  const petal = page.getByRole('slider', { name: 'Petal length' });
  await petal.focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'Get prediction' }).click();
  const card = page.getByRole('region', { name: 'Prediction', exact: true });
  // the stand-in's first id is 41, so its species is number 41 mod 3
  expect(await card.textContent()).toMatch(/Iris virginica[\s\S]*versicolor70 %[\s\S]*Served by model v2/);
  expect(asked()).toEqual([{ features: [5.8, 3, 4.5, 1.3] }]);
  expect(errors).toEqual([]);
  await page.context().close();
});

test('each share is a bar within the track of its own row', async () => {
  const { page } = await visit();
  await page.getByRole('button', { name: 'Get prediction' }).click();
  const tracks = page.locator('.share-track');
  await tracks.first().waitFor();
  for (const track of await tracks.all()) {
    const [outer, inner] = [await track.boundingBox(), await track.locator('.bar').boundingBox()];
    expect(outer!.width).toBeGreaterThan(0);
    expect(inner).toMatchObject({ x: outer!.x, y: outer!.y, height: outer!.height });
    expect(inner!.width).toBeLessThanOrEqual(outer!.width);
  }
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  await page.context().close();
});

test('usage is counted by version, and both it and the history outlive a reload', async () => {
  const { page } = await visit();
  const usage = page.getByRole('region', { name: 'Usage by model version' });
  for (let n = 1; n <= 3; n++) {
    await page.getByRole('button', { name: 'Get prediction' }).click();
    await usage.getByText(`Of the ${n} predictions`).waitFor();
  }
  await page.reload();
  await usage.getByText('Of the 3 predictions').waitFor();
  expect(await usage.getByRole('listitem').allTextContents()).toEqual(['v22 66.7 %', 'v11 33.3 %']);
  expect(await page.getByRole('region', { name: 'Your predictions' }).getByRole('listitem').count()).toBe(3);
  await page.getByRole('button', { name: 'Clear' }).click();
  expect(await usage.count()).toBe(0);
  await page.context().close();
});

test('a refusal is told in the service’s words, and nothing is counted', async () => {
  site.reset({ 'POST /predict': { status: 422, body: { message: 'petal length must be above 0' } } });
  const { page } = await visit();
  await page.getByRole('button', { name: 'Get prediction' }).click();
  await page.getByRole('alert').getByText('petal length must be above 0').waitFor();
  expect(await page.getByRole('region', { name: 'Usage by model version' }).count()).toBe(0);
  await page.context().close();
});

test('what the flower really was is told of this very prediction, and can be changed', async () => {
  const { page, errors } = await visit();
  await page.getByRole('button', { name: 'Get prediction' }).click();
  await page.getByRole('radio', { name: 'setosa' }).check();
  await page.getByText('Thank you: Iris setosa.').waitFor();
  await page.getByRole('radio', { name: 'virginica' }).check();
  await page.getByText('Thank you: Iris virginica.').waitFor();
  const said = site.services.seen.filter(({ url }) => url === '/api/feedback').map(({ body }) => body);
  // the stand-in's first id is 41
  expect(said).toEqual(
    ['setosa', 'virginica'].map((name) => ({
      prediction_id: 41,
      feedback_type: 'actual_class',
      feedback_value: name,
    })),
  );
  await page.getByRole('region', { name: 'Your predictions' }).getByText(', right').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Thank you').waitFor({ state: 'detached' });
  expect(site.services.seen.at(-1)).toMatchObject({
    url: '/api/feedback/withdraw',
    body: { prediction_id: 41, feedback_type: 'actual_class' },
  });
  expect(await page.getByRole('radio', { name: 'virginica' }).isChecked()).toBe(false);
  expect(errors).toEqual([]);
  await page.context().close();
});

test('a label that is refused is not shown as told', async () => {
  site.reset({ 'POST /api/feedback': { status: 503, body: { message: 'The database is away.' } } });
  const { page } = await visit();
  await page.getByRole('button', { name: 'Get prediction' }).click();
  const setosa = page.getByRole('radio', { name: 'setosa' });
  await setosa.click();
  await page.getByRole('alert').getByText('The database is away.').waitFor();
  expect(await setosa.isChecked()).toBe(false);
  expect(await page.getByText('Thank you').count()).toBe(0);
  await page.context().close();
});
