import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { homePrices } from '../../projects/home-prices/project.js';
import { launchBrowser, openPage, type WatchedPage } from '../web/browser.js';
import { freePortOffset, type StackUnderTest, startStack } from './stack.js';

// One story in a real browser against the whole product, told in order: a visitor rates an estimate, and an operator
// sees it, promotes with an approval, rolls back, trains, and moves the new candidate into the shadow and out of it.

let web: string;
const folder = mkdtempSync(join(tmpdir(), 'incumbent-web-'));
let stack: StackUnderTest;
let browser: Browser;
let opened: WatchedPage;
let page: Page;

beforeAll(async () => {
  const csv = join(folder, 'homes.csv');
  writeFileSync(csv, homePrices.dataset.generate({ randomState: 1, rows: 3_000 }));
  stack = await startStack(join(folder, 'home'), await freePortOffset(), {
    HOME_PRICES_CSV: csv,
    LOG_LEVEL: 'warn',
    EXPERIMENT: '{"approval":{"required":true,"notByRequester":false}}',
  });
  web = stack.web;
  browser = await launchBrowser();
  opened = await openPage(browser);
  page = opened.page;
  page.setDefaultTimeout(60_000);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const production = () => page.getByRole('region', { name: 'production slot' });

test('a visitor gets an estimate and rates it', async () => {
  await page.goto(web);
  await page.getByRole('combobox', { name: 'Location' }).fill('Whitef');
  await page.getByRole('option', { name: 'Whitefield', exact: true }).click();
  await page.getByRole('button', { name: 'Estimate the price' }).click();
  await page.getByRole('heading', { name: 'Estimated price' }).waitFor();
  await page.getByText('trees put it between').waitFor();
  await page.getByRole('radio', { name: '4 stars' }).check();
  await page.getByText('Thank you: 4 of 5 stars.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Taken back: 4 of 5 stars.').waitFor();
  await page.getByRole('radio', { name: '3 stars' }).check();
  await page.getByText('Thank you: 3 of 5 stars.').waitFor();
  await page.getByRole('radio', { name: '2 stars' }).check();
  await page.getByText('Thank you: 2 of 5 stars.').waitFor();
}, 120_000);

test('what the service does not accept is said at its field in the service’s words', async () => {
  const answer = await page.request.post(`${web}/api/predict_home_price`, { data: { location: 'Whitefield' } });
  const { fields } = (await answer.json()) as { fields: { field: string }[] };
  expect([answer.status(), fields.map(({ field }) => field).includes('total_sqft')]).toEqual([422, true]);
});

test('operations shows the rating once, as it was changed', async () => {
  await page.goto(`${web}/ops/traffic`);
  const rated = page.getByRole('region', { name: 'Feedback' }).getByRole('row').nth(1);
  await rated.waitFor();
  expect(await rated.getByRole('cell').allTextContents()).toEqual(expect.arrayContaining(['1', '2.00 of 5']));
}, 120_000);

test('an evaluation run by hand says that there is too little data', async () => {
  await page.getByRole('link', { name: 'Schedules' }).click();
  const row = page.getByRole('row', { name: /home-prices-evaluate-hourly/ });
  await row.getByRole('button', { name: 'Run now …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Run now' }).click();
  await page.getByText('Started.').waitFor();
  await expect
    .poll(
      async () => {
        await page.goto(`${web}/ops/experiment`);
        await page
          .getByText(/No decision yet|The rule says/)
          .first()
          .waitFor();
        return page.locator('.verdict').first().getByText('Too little data').count();
      },
      { timeout: 60_000 },
    )
    .toBeGreaterThan(0);
}, 120_000);

test('the candidate is promoted by hand, with a reason and the yes that the project asks for', async () => {
  await page.getByRole('button', { name: 'Promote …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Promote CO1?' });
  await dialog.getByRole('button', { name: 'Promote CO1' }).click();
  await dialog.getByRole('alert').getByText('Say why').waitFor();
  await dialog.getByLabel('Why?').fill('visitors <b>like</b> it');
  await dialog.getByRole('button', { name: 'Promote CO1' }).click();
  await page.getByText('The promotion has begun.').waitFor();
  await page.getByRole('link', { name: 'Approvals' }).click();
  await page.getByText('visitors <b>like</b> it').first().waitFor();
  await page.getByRole('button', { name: 'Approve …' }).click();
  const yes = page.getByRole('dialog', { name: 'Let CO1 be promoted?' });
  await yes.getByLabel('Why?').fill('the figures hold');
  await yes.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('row', { name: /approved[\s\S]*the figures hold/ }).waitFor();
  await page.getByRole('link', { name: 'Overview' }).click();
  await production().getByRole('link', { name: 'BO2' }).waitFor();
}, 120_000);

/** One delivery at a time: the slot says BO2 before every instance has confirmed that it serves it. */
async function delivered(): Promise<void> {
  const status = async () => {
    const answer = await page.request.get(`${web}/control/deploy/status?project=home-prices`);
    return ((await answer.json()) as { delivery: { status: string } | null }).delivery?.status;
  };
  await expect.poll(status, { timeout: 60_000 }).toBe('completed');
}

test('it is rolled back, and both changes stand in the audit log with their reasons', async () => {
  await delivered();
  await page.getByRole('button', { name: 'Roll back …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
  await production().getByRole('link', { name: 'BO1' }).waitFor();
  await page.getByRole('link', { name: 'Audit' }).click();
  await page.getByText('visitors <b>like</b> it').first().waitFor();
  await page
    .getByRole('row', { name: /rollback/ })
    .first()
    .waitFor();
}, 120_000);

test('a file is uploaded: what is not of the format is refused, what is gets its cleaning report', async () => {
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  const field = page.getByLabel('Drop a CSV file here, or choose one');
  await field.setInputFiles({ name: 'wrong.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') });
  await page.getByRole('alert').getByText('wrong.csv was not taken').waitFor();
  const rows = homePrices.dataset.generate({ randomState: 2, rows: 2_500 });
  await field.setInputFiles({ name: 'more.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) });
  const result = page.getByRole('status', { name: 'The upload' });
  await result.getByText('2,500 raw rows').waitFor();
  await page
    .getByRole('row', { name: /^more\.csv/ })
    .getByText('in use')
    .waitFor();
}, 120_000);

test('a training on it is started and followed live to its end', async () => {
  await page.getByRole('link', { name: 'Training', exact: true }).click();
  await page.getByRole('button', { name: 'Start training …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start training' }).click();
  await page.getByRole('log').getByRole('listitem').first().waitFor();
  await page.getByText('100 % done').waitFor();
  await page.locator('.training').getByText('completed').waitFor();
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('region', { name: 'candidate slot' }).getByRole('link', { name: 'CO2' }).waitFor();
}, 240_000);

test('the new candidate is moved into the shadow and out of it again', async () => {
  await page.getByRole('link', { name: 'Experiment', exact: true }).click();
  await page.locator('dl').getByText('running', { exact: true }).waitFor();
  await delivered();
  await page.getByRole('button', { name: 'Shadow …' }).click();
  const begin = page.getByRole('dialog', { name: 'Move CO2 into the shadow?' });
  await begin.getByLabel('Requests that are copied').fill('40');
  await begin.getByLabel('Why?').fill('a look at its latency');
  await begin.getByRole('button', { name: 'Move into the shadow' }).click();
  await page.getByText('copies of 40 % of the requests, no users').waitFor();
  await delivered();
  await page.getByRole('button', { name: 'End the shadow …' }).click();
  const end = page.getByRole('dialog', { name: 'End the shadow now?' });
  await end.getByLabel('Why?').fill('seen enough');
  await end.getByRole('button', { name: 'End the shadow' }).click();
  await page.locator('dl').getByText('running', { exact: true }).waitFor();
  await page.getByRole('row', { name: /seen enough/ }).waitFor();
}, 120_000);

test('an A/B test of models that are served elsewhere is begun with an end, and stopped', async () => {
  await page.getByRole('link', { name: 'A/B tests' }).click();
  await page.getByRole('button', { name: 'Begin a test …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Begin an A/B test' });
  await dialog.getByLabel('Name').fill('two rankings');
  await dialog.getByLabel('Control').fill('ranker-1');
  await dialog.getByLabel('Variant').fill('ranker-2');
  await dialog.getByLabel('Ends after so many days').fill('400');
  await dialog.getByRole('button', { name: 'Begin' }).click();
  await dialog.getByRole('alert').getByText('max_age_days').waitFor();
  await dialog.getByLabel('Ends after so many days').fill('2.5');
  await dialog.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('link', { name: 'two rankings' }).click();
  await page.getByText('at most 2.5 days').waitFor();
  await page.getByRole('button', { name: 'Stop …' }).click();
  const stop = page.getByRole('dialog', { name: 'Stop two rankings?' });
  await stop.getByLabel('Why?').fill('only a try');
  await stop.getByRole('button', { name: 'Stop the test' }).click();
  await page.getByText('only a try').waitFor();
}, 120_000);

test('the prediction that was rated is found with what was said of it and why the model said it', async () => {
  await page.getByRole('link', { name: 'Feedback', exact: true }).click();
  await page.getByText('2 of 5 stars').waitFor();
  await page
    .getByRole('row', { name: /2 of 5 stars/ })
    .getByRole('link')
    .click();
  await page.getByText('the average in training').waitFor();
  await page.getByText('2 of 5 stars').waitFor();
}, 60_000);

test('nothing went wrong in the browser, and it asked this host alone', () => {
  // what was refused on purpose is a 422, which the browser writes down
  expect(opened.errors.filter((error) => !/status of 422/.test(error))).toEqual([]);
  expect([...opened.hosts]).toEqual([new URL(web).host]);
});
