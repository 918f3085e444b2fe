import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { controlAnswers } from './answers/control-answers.js';
import { experiment } from './answers/experiment-answers.js';
import { page as listOf } from './answers/times.js';
import { type Operations, openOperations } from './operations.js';

let ops: Operations;
beforeAll(async () => {
  ops = await openOperations();
});
afterAll(() => ops?.close());
beforeEach(() => ops.site.reset());

test('a roll back is done only after it has been said what it does', async () => {
  const { page } = await ops.visit('/ops');
  await page.getByRole('button', { name: 'Roll back …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Roll back from BO2?' });
  expect(await dialog.textContent()).toContain('serves all production traffic again');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(ops.posted()).toEqual([]);
  await page.getByRole('button', { name: 'Roll back …' }).click();
  await dialog.getByRole('button', { name: 'Roll back' }).click();
  await page.getByText('The roll back has begun.').waitFor();
  expect(ops.posted()).toMatchObject([{ url: '/api/deploy/rollback', body: { project: 'home-prices' } }]);
  await page.close();
});

test('an earlier version is rolled back to by name, and a refusal is told in the dialog', async () => {
  ops.site.reset({ 'POST /api/deploy/rollback': { status: 409, body: { message: 'Another delivery is running.' } } });
  const { page } = await ops.visit('/ops/models/BO1');
  await page.getByRole('button', { name: 'Roll back to this …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Roll back to BO1?' });
  await dialog.getByRole('button', { name: 'Roll back' }).click();
  await dialog.getByRole('alert').getByText('Another delivery is running.').waitFor();
  expect(ops.posted()).toMatchObject([{ body: { project: 'home-prices', version: 'BO1' } }]);
  await page.close();
});

test('a training is started and followed, also after a reload', async () => {
  const { page } = await ops.visit('/ops/training');
  await page.getByRole('button', { name: 'Start training …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start training' }).click();
  await page.getByRole('progressbar').waitFor();
  await page.reload();
  await page.getByText('42 % done').waitFor();
  ops.site.services.answers['GET /api/training/status/train-home-prices-1'] = {
    body: { job_id: 'train-home-prices-1', status: 'failed', error: 'The gates refused it: R² 0.41 < 0.7.' },
  };
  await page.reload();
  await page.getByRole('alert').getByText('The gates refused it: R² 0.41 < 0.7.').waitFor();
  await page.close();
});

test('a schedule is run now', async () => {
  ops.site.reset({ 'POST /api/schedules/home-prices-drift-daily/trigger': { status: 202, body: {} } });
  const { page } = await ops.visit('/ops/schedules');
  const row = page.getByRole('row', { name: /home-prices-drift-daily/ });
  await row.getByRole('button', { name: 'Run now …' }).click();
  await page
    .getByRole('dialog', { name: 'Run home-prices-drift-daily now?' })
    .getByRole('button', { name: 'Run now' })
    .click();
  await page.getByText('Started.').waitFor();
  expect(await row.getByRole('link').getAttribute('href')).toBe(
    'http://localhost:8233/namespaces/incumbent/schedules/home-prices-drift-daily',
  );
  await page.close();
});

test('a promotion that waits is approved with a reason', async () => {
  ops.site.reset({ 'POST /api/approvals/7/approve': { body: {} } });
  const { page } = await ops.visit('/ops/approvals');
  await page.getByRole('button', { name: 'Approve …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Let CO3 be promoted?' });
  expect(await dialog.textContent()).toContain('serves all users at once');
  await dialog.getByLabel('Why?').fill('looked at both');
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Approved: the promotion has begun.').waitFor();
  expect(ops.posted()).toMatchObject([{ url: '/api/approvals/7/approve', body: { reason: 'looked at both' } }]);
  await page.close();
});

test('who asked for a promotion does not get to approve it', async () => {
  const answers = controlAnswers()['GET /api/approvals'] as { body: { items: object[] } };
  ops.site.reset({
    'GET /api/approvals': { body: { items: [{ ...answers.body.items[0], may_approve: false }], next_cursor: null } },
  });
  const { page } = await ops.visit('/ops/approvals');
  await page.getByText('somebody else has to approve it').waitFor();
  expect(await page.getByRole('button', { name: 'Approve …' }).count()).toBe(0);
  await page.close();
});

test('another share of users is given after it has been said what that does', async () => {
  ops.site.reset({ 'POST /api/experiments/3/weights': { status: 202, body: {} } });
  const { page } = await ops.visit('/ops/experiment');
  await page.getByRole('button', { name: 'Share of users …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Give CO3 another share of users?' });
  await dialog.getByLabel('Share of the candidate').fill('120');
  await dialog.getByLabel('Why?').fill('more data');
  await dialog.getByRole('button', { name: 'Change the share' }).click();
  await dialog.getByRole('alert').getByText('up to 99 percent').waitFor();
  await dialog.getByLabel('Share of the candidate').fill('35');
  await dialog.getByText('35 % of users get CO3, 65 % production, in place of 20 %.').waitFor();
  expect(await dialog.textContent()).toContain('they are forgotten');
  await dialog.getByRole('button', { name: 'Change the share' }).click();
  await page.getByText('The share is being changed.').waitFor();
  expect(ops.posted()).toMatchObject([{ body: { candidate_weight_percent: 35, reason: 'more data' } }]);
  await page.close();
});

test('a candidate is moved into the shadow after it has been said what that does', async () => {
  ops.site.reset({ 'POST /api/experiments/3/shadow': { status: 202, body: {} } });
  const { page } = await ops.visit('/ops/experiment');
  await page.getByRole('button', { name: 'Shadow …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Move CO3 into the shadow?' });
  expect(await dialog.textContent()).toContain('No user sees CO3: all go to BO2');
  expect(await dialog.textContent()).toContain('Afterwards CO3 gets 5 % of users, then more, up to 20 %.');
  await dialog.getByLabel('Requests that are copied').fill('50');
  await dialog.getByText('copies of 50 % of the requests').waitFor();
  await dialog.getByLabel('Lasts at least').fill('');
  await dialog.getByLabel('Why?').fill('its p95');
  await dialog.getByRole('button', { name: 'Move into the shadow' }).click();
  await dialog.getByRole('alert').getByText('Say how long').waitFor();
  await dialog.getByLabel('until so many copies').fill('500');
  await dialog.getByRole('button', { name: 'Move into the shadow' }).click();
  await page.getByText('The shadow is being set up.').waitFor();
  expect(ops.posted()).toMatchObject([
    { url: '/api/experiments/3/shadow', body: { shadow_percent: 50, min_requests: 500, reason: 'its p95' } },
  ]);
  expect(ops.posted()[0]?.body).not.toHaveProperty('hours');
  await page.close();
});

test('a shadow is ended before its time, and a paused experiment offers only what can be done', async () => {
  const shadow = {
    ...experiment,
    state: 'shadow',
    traffic: { candidate_weight_percent: 0, shadow_percent: 25 },
    path: { shadow: { percent: 25, hours: 3 }, ramp: [] },
  };
  ops.site.reset({
    'GET /api/experiments': listOf([shadow]),
    'POST /api/experiments/3/shadow': { status: 202, body: {} },
  });
  const { page } = await ops.visit('/ops/experiment');
  await page.getByText('copies of 25 % of the requests, no users').waitFor();
  await page.getByRole('button', { name: 'Change the shadow …' }).click();
  const terms = page.getByRole('dialog', { name: 'Change the shadow?' });
  expect(await terms.getByLabel('Lasts at least').inputValue()).toBe('3');
  await terms.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'End the shadow …' }).click();
  const dialog = page.getByRole('dialog', { name: 'End the shadow now?' });
  expect(await dialog.textContent()).toContain('CO3 gets 20 % of users.');
  await dialog.getByLabel('Why?').fill('quick enough');
  await dialog.getByRole('button', { name: 'End the shadow' }).click();
  await page.getByText('The shadow is being ended.').waitFor();
  expect(ops.posted()).toMatchObject([{ body: { shadow_percent: 0, reason: 'quick enough' } }]);
  ops.site.reset({ 'GET /api/experiments': listOf([{ ...experiment, state: 'paused', paused_from: 'running' }]) });
  await page.reload();
  await page.getByRole('button', { name: 'Resume …' }).waitFor();
  expect(await page.locator('.action > button').allTextContents()).toEqual(['Promote …', 'Resume …', 'Stop …']);
  await page.close();
});

test('a dropped file is sent as it is, and the page says what was made of it or why it was refused', async () => {
  const uploads = controlAnswers()['GET /api/datasets/uploads'] as { body: { items: object[] } };
  ops.site.reset({ 'POST /api/datasets': { status: 201, body: uploads.body.items[0] } });
  const { page } = await ops.visit('/ops/data');
  await page.getByLabel('Drop a CSV file here, or choose one').waitFor();
  const drop = () =>
    page.evaluate(`(() => {
      const files = new DataTransfer();
      files.items.add(new File(['price\\n1'], 'homes.csv'));
      const event = new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true });
      document.querySelector('.file-drop').dispatchEvent(event);
    })()`);
  await drop();
  const result = page.getByRole('status', { name: 'The upload' });
  await result.getByText('10,241 rows are left for training').waitFor();
  expect(await result.textContent()).toContain('A row without a price teaches nothing.');
  expect(ops.posted()).toMatchObject([
    { url: '/api/datasets?project=home-prices&file_name=homes.csv', body: 'price\n1' },
  ]);
  expect(ops.posted()[0]?.headers['content-type']).toBe('text/csv');
  ops.site.reset({ 'POST /api/datasets': { status: 422, body: { message: 'there is no column price' } } });
  await drop();
  await page.getByRole('alert').getByText('homes.csv was not taken: there is no column price').waitFor();
  await page.close();
});
