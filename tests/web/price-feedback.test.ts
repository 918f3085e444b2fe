import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPage } from './browser.js';
import { type Site, startSite } from './site.js';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.close());
beforeEach(() => site.reset());

const feedbackSent = () =>
  site.services.seen.filter(({ url }) => url === '/api/feedback').map(({ body }) => body as Record<string, unknown>);

async function visit(path = '/') {
  const opened = await openPage(site.browser);
  await opened.page.goto(site.origin + path);
  return opened;
}

test('a rating is sent, thanked for, changed and put back', async () => {
  const { page } = await visit('/?location=Whitefield');
  await page.getByRole('radio', { name: '4 stars' }).check();
  await page.getByText('Thank you: 4 of 5 stars.').waitFor();
  await page.getByRole('radio', { name: '2 stars' }).check();
  await page.getByText('Thank you: 2 of 5 stars.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Thank you: 4 of 5 stars.').waitFor();
  expect(await page.getByRole('radio', { name: '4 stars' }).isChecked()).toBe(true);
  expect(feedbackSent().map(({ feedback_value: value }) => value)).toEqual([4, 2, 4]);
  await page.context().close();
});

test('the first rating can be taken back, and is forgotten in the history too', async () => {
  const { page } = await visit('/?location=Whitefield');
  await page.getByRole('radio', { name: '4 stars' }).check();
  await page.getByText('Thank you: 4 of 5 stars.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Taken back: 4 of 5 stars.').waitFor();
  expect(await page.getByRole('radio', { name: '4 stars' }).isChecked()).toBe(false);
  const { body } = site.services.seen.findLast(({ url }) => url === '/api/feedback/withdraw')!;
  expect(body).toEqual({ prediction_id: feedbackSent()[0]?.prediction_id, feedback_type: 'rating' });
  const kept = await page.evaluate(`JSON.parse(localStorage.getItem('estimates'))[0].answers`);
  expect(kept).toEqual({});
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Thank you: 4 of 5 stars.').waitFor();
  await page.context().close();
});

test('the opinion and the real price go to the same estimate, a crore as a hundred lakh', async () => {
  const { page } = await visit('/?location=Whitefield');
  await page.getByRole('radio', { name: 'Too low' }).check();
  await page.getByText('Thank you: too low.').waitFor();
  await page.getByText('I know the real price').click();
  await page.getByLabel('The real price').fill('1.25');
  await page.getByLabel('Unit').selectOption('crore');
  await page.getByRole('button', { name: 'Send price' }).click();
  await page.getByText('Thank you: real price ₹ 1.25 crore.').waitFor();
  const [first, second] = feedbackSent();
  expect(first).toMatchObject({ feedback_type: 'accuracy', feedback_value: 'too_low' });
  expect(second).toMatchObject({ feedback_type: 'actual_price', feedback_value: 125 });
  expect(second?.prediction_id).toBe(first?.prediction_id);
  await page.context().close();
});

test('a price that is none is not sent', async () => {
  const { page } = await visit('/?location=Whitefield');
  await page.getByText('I know the real price').click();
  await page.getByLabel('The real price').fill('-3');
  await page.getByRole('button', { name: 'Send price' }).click();
  await page.getByText('Give the price as a number above 0').waitFor();
  expect(feedbackSent()).toEqual([]);
  await page.context().close();
});

test('an answer that was not saved is never thanked for', async () => {
  site.reset({ 'POST /api/feedback': { status: 503, body: { message: 'The database is away.' } } });
  const { page } = await visit('/?location=Whitefield');
  // a click: Playwright's check() insists that it stays checked, and here it must not
  await page.getByRole('radio', { name: '5 stars' }).click({ force: true });
  await page.getByText('Your answer was not saved. The database is away.').waitFor();
  expect(await page.getByText('Thank you').count()).toBe(0);
  expect(await page.getByRole('radio', { name: '5 stars' }).isChecked()).toBe(false);
  await page.context().close();
});

test('arrow keys over the stars send the last one last', async () => {
  site.reset({ 'POST /api/feedback': { status: 201, body: {}, delayMs: 150 } });
  const { page } = await visit('/?location=Whitefield');
  await page.getByRole('radio', { name: '1 star' }).check();
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
  await page.getByText('Thank you: 5 of 5 stars.').waitFor();
  const values = feedbackSent().map(({ feedback_value: value }) => value);
  expect([values[0], values.at(-1)]).toEqual([1, 5]);
  await page.context().close();
});

test('own estimates are kept in this browser, with what was said about them', async () => {
  const { page } = await visit('/?location=Whitefield');
  await page.getByRole('radio', { name: '3 stars' }).check();
  await page.getByText('Thank you').waitFor();
  await page.goto(site.origin);
  const history = page.getByRole('region', { name: 'Your estimates' });
  await history.getByRole('button', { name: /^Whitefield/ }).click();
  expect(await page.getByRole('radio', { name: '3 stars' }).isChecked()).toBe(true);
  await history.getByRole('button', { name: 'Clear' }).click();
  await page.goto(site.origin);
  await page.getByRole('heading', { name: 'Your estimate appears here' }).waitFor();
  expect(await history.count()).toBe(0);
  await page.context().close();
});

test('a history that cannot be read is no history', async () => {
  const { page, errors } = await visit();
  await page.evaluate(`localStorage.setItem('estimates', '[{"home":1},null,"x"]')`);
  await page.reload();
  await page.getByRole('heading', { name: 'Your estimate appears here' }).waitFor();
  expect(errors).toEqual([]);
  await page.context().close();
});
