import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPage } from './browser.js';
import { type Site, startSite } from './site.js';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.close());
beforeEach(() => site.reset());

async function visit(path = '/') {
  const opened = await openPage(site.browser);
  await opened.page.goto(site.origin + path);
  return opened;
}

async function estimate(page: Page) {
  await page.getByLabel('Location', { exact: true }).fill('whitef');
  await page.getByRole('option', { name: 'Whitefield', exact: true }).click();
  await page.getByRole('button', { name: 'Estimate the price' }).click();
  await page.getByRole('heading', { name: 'Estimated price' }).waitFor();
}

test('a home gets its price, range and reasons, from this host alone and without a word in the console', async () => {
  const { page, errors, hosts } = await visit();
  await estimate(page);
  const card = await page.getByRole('region', { name: 'Estimated price' }).textContent();
  expect(card).toContain('₹ 83.5 lakh');
  expect(card).toContain('₹ 6,955 per sq ft');
  expect(card).toContain('put it between ₹ 68.2 lakh and ₹ 1.05 crore.');
  const bars = await page.getByRole('region', { name: 'Why this price' }).getByRole('listitem').allTextContents();
  expect(bars[0]).toBe('1,200 sq fttakes away− ₹ 31.2 lakh');
  expect(bars[1]).toBe('Whitefieldadds+ ₹ 12.1 lakh');
  expect(site.services.seen.find(({ method }) => method === 'POST')).toMatchObject({
    url: '/api/predict_home_price?interval=true&explain=true',
    body: {
      location: 'Whitefield',
      total_sqft: 1200,
      bhk: 2,
      bath: 2,
      balcony: 1,
      area_type: 'Super built-up Area',
    },
  });
  expect(errors).toEqual([]);
  expect([...hosts]).toEqual([new URL(site.origin).host]);
  await page.context().close();
});

test('similar homes stand beside the estimate, with what they say of it', async () => {
  const { page } = await visit();
  await estimate(page);
  const similar = page.getByRole('region', { name: /^Similar homes/ });
  await similar.getByRole('listitem').first().waitFor();
  // 83.46 / 75 = 1.1128
  expect(await similar.textContent()).toMatch(
    /The 50 homes most like it in Whitefield were offered for ₹ 75 lakh in the middle, most of them between ₹ 58 lakh and ₹ 1\.02 crore\. This estimate is 11 % above the middle\./,
  );
  expect(await similar.getByRole('listitem').allTextContents()).toEqual([
    '1,210 sq ft · 2 BHK · 2 bathSuper built-up Area · ₹ 6,322 per sq ft₹ 76.5 lakh',
    '1,100 sq ft · 2 BHK₹ 5,545 per sq ft₹ 61 lakh',
  ]);
  expect(site.services.seen.find(({ url }) => url.startsWith('/api/similar_homes'))?.url).toContain(
    'location=Whitefield&total_sqft=1200&bhk=2&bath=2',
  );
  await page.context().close();
});

test('where there is no similar home, or none can be had, the estimate stands alone', async () => {
  const nothing = { dataset: 'train_V1.csv', compared: 0, median: null, low: null, high: null, items: [] };
  site.reset({ 'GET /api/similar_homes': { body: nothing } });
  const { page } = await visit();
  await estimate(page);
  await page.getByText('has no home in Whitefield').waitFor();
  site.reset({ 'GET /api/similar_homes': { status: 503, body: { message: 'The data is away.' } } });
  await page.getByRole('button', { name: 'Estimate the price' }).click();
  await page.getByRole('alert').getByText('The data is away.').waitFor();
  await page.context().close();
});

test('each number leads to what it means', async () => {
  const { page } = await visit();
  await estimate(page);
  await page.getByRole('link', { name: 'What is this: Why this price' }).click();
  await page.getByRole('heading', { name: 'What the numbers mean' }).waitFor();
  expect(new URL(page.url()).hash).toBe('#explanation');
  await page.getByText('Shapley values of the trees').waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'Estimated price' }).waitFor();
  await page.context().close();
});

test('the variant and the version that made the estimate are not told', async () => {
  const { page } = await visit();
  await estimate(page);
  expect(await page.locator('body').textContent()).not.toMatch(/BO1|production|candidate/i);
  await page.context().close();
});

test('the form works by keyboard alone', async () => {
  const { page } = await visit();
  const location = page.getByRole('combobox', { name: 'Location' });
  await location.focus();
  await page.keyboard.type('nagar');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  expect(await location.getAttribute('aria-activedescendant')).toBe('location-0');
  await page.keyboard.press('Enter');
  expect(await location.inputValue()).toBe('Indira Nagar');
  expect(await location.getAttribute('aria-expanded')).toBe('false');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Estimated price' }).waitFor();
  await page.context().close();
});

describe('what is wrong is said at its field', () => {
  test('before anything is sent, and taken back as it is mended', async () => {
    const { page } = await visit();
    await page.getByLabel('Area (sq ft)').fill('12');
    await page.getByRole('button', { name: 'Estimate the price' }).click();
    const location = page.getByRole('combobox', { name: 'Location' });
    // the first field in trouble has the focus, and says why
    expect(await location.and(page.locator(':focus')).count()).toBe(1);
    expect(await page.locator('#location-problem').textContent()).toMatch(/^Choose a location/);
    const area = page.getByLabel('Area (sq ft)');
    expect(await area.getAttribute('aria-invalid')).toBe('true');
    expect(await area.getAttribute('aria-describedby')).toContain('total_sqft-problem');
    await area.fill('1200');
    expect(await area.getAttribute('aria-invalid')).toBe('false');
    expect(site.services.seen.filter(({ method }) => method === 'POST')).toEqual([]);
    await page.context().close();
  });

  test('in the service’s own words', async () => {
    site.reset({
      'POST /api/predict_home_price': {
        status: 422,
        body: { code: 'INVALID_INPUT', message: 'no', fields: [{ field: 'bath', message: 'bath must be at most 9' }] },
      },
    });
    const { page } = await visit();
    await page.getByLabel('Location', { exact: true }).fill('Whitefield');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Estimate the price' }).click();
    await page.getByText('bath must be at most 9').waitFor();
    expect(await page.getByLabel('Bathrooms').getAttribute('aria-invalid')).toBe('true');
    await page.context().close();
  });
});

test('a service that is away is said so, and asked again on request', async () => {
  site.reset({ 'POST /api/predict_home_price': { status: 503, body: { message: 'No model is loaded yet.' } } });
  const { page } = await visit('/?location=Whitefield');
  await page.getByRole('alert').getByText('No model is loaded yet.').waitFor();
  site.reset();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Estimated price' }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await page.context().close();
});

test('without the list of locations the form still works', async () => {
  site.reset({ 'GET /api/get_location_names': { status: 500, body: {} } });
  const { page } = await visit();
  await page.getByText('The list of locations could not be loaded').waitFor();
  await page.getByLabel('Location', { exact: true }).fill('Hebbal');
  await page.getByRole('button', { name: 'Estimate the price' }).click();
  await page.getByRole('heading', { name: 'Estimated price' }).waitFor();
  await page.context().close();
});

test('a model that cannot give a range or reasons still gives its estimate', async () => {
  site.reset();
  const well = site.services.answers['POST /api/predict_home_price'];
  site.reset({
    'POST /api/predict_home_price': (seen) => {
      if (seen.url.includes('?')) return { status: 422, body: { message: 'only a forest has a range of estimates' } };
      return typeof well === 'function' ? well(seen) : well!;
    },
  });
  const { page } = await visit('/?location=Whitefield');
  await page.getByRole('heading', { name: 'Estimated price' }).waitFor();
  await page.context().close();
});

test('a shared link brings the same home and its estimate', async () => {
  const { page } = await visit('/?location=Indira+Nagar&total_sqft=2400&bhk=3&bath=3&balcony=2&area_type=Plot+Area');
  await page.getByRole('heading', { name: 'Estimated price' }).waitFor();
  expect(site.services.seen.find(({ method }) => method === 'POST')?.body).toEqual({
    location: 'Indira Nagar',
    total_sqft: 2400,
    bhk: 3,
    bath: 3,
    balcony: 2,
    area_type: 'Plot Area',
  });
  expect(await page.getByLabel('Area type').inputValue()).toBe('Plot Area');
  await page.context().close();
});

test('a warning of the service is shown with the estimate', async () => {
  site.reset();
  const well = site.services.answers['POST /api/predict_home_price'];
  site.reset({
    'POST /api/predict_home_price': (seen) => {
      const answer = typeof well === 'function' ? well(seen) : well!;
      const warnings = [{ field: 'location', message: 'location is new to the model' }];
      return { body: { ...(answer.body as object), warnings, interval: undefined, explanation: undefined } };
    },
  });
  const { page } = await visit('/?location=Whitefield');
  await page.getByText('location is new to the model').waitFor();
  // range and reasons are shown only where the service gives them
  expect(await page.getByText('trees put it between').count()).toBe(0);
  expect(await page.getByText('Why this price').count()).toBe(0);
  await page.context().close();
});
