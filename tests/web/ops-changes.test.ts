import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { controlShare } from '../../web/src/ops/ab-tests/control-share.js';
import { stoppedAbTest } from './answers/ab-test-answers.js';
import { controlAnswers } from './answers/control-answers.js';
import { type Operations, openOperations } from './operations.js';

let ops: Operations;
beforeAll(async () => {
  ops = await openOperations();
});
afterAll(() => ops?.close());
beforeEach(() => ops.site.reset());

const changes = () => ops.posted().map(({ method, url, body }) => ({ method, url, body }));

test('a channel is made with its kind, its address and the events it is kept to', async () => {
  ops.site.reset({ 'POST /api/monitoring/channels': { status: 201, body: {} } });
  const { page } = await ops.visit('/ops/alerts');
  await page.getByRole('button', { name: 'Add a channel …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a channel' });
  await dialog.getByLabel('Name').fill('ops hook');
  await dialog.getByLabel('Kind').selectOption('webhook');
  await dialog.getByLabel('Address of the webhook').fill('https://hooks.example.com/loop');
  await dialog.getByLabel('Secret').fill('0123456789abcdef');
  await dialog.getByRole('checkbox', { name: 'promoted' }).check();
  await dialog.getByRole('checkbox', { name: 'rolled back' }).check();
  await dialog.getByRole('checkbox', { name: 'promoted' }).uncheck();
  await dialog.getByRole('button', { name: 'Add' }).click();
  await page.getByText('Added.').waitFor();
  expect(changes()).toEqual([
    {
      method: 'POST',
      url: '/api/monitoring/channels',
      body: {
        project: 'home-prices',
        kind: 'webhook',
        name: 'ops hook',
        target: 'https://hooks.example.com/loop',
        secret: '0123456789abcdef',
        events: ['rolled_back'],
      },
    },
  ]);
  await page.close();
});

test('a channel is changed, turned off and removed; what it keeps secret is left as it is', async () => {
  const hook = { id: 1, name: 'hook', kind: 'webhook', target: 'https://hooks.example.com', events: [], enabled: true };
  ops.site.reset({
    'GET /api/monitoring/channels': { body: { items: [hook], next_cursor: null } },
    'PATCH /api/monitoring/channels/1': { body: {} },
    'DELETE /api/monitoring/channels/1': { status: 204 },
  });
  const { page } = await ops.visit('/ops/alerts');
  const row = page.getByRole('region', { name: 'Channels' }).getByRole('row', { name: /^hook/ });
  await row.getByRole('button', { name: 'Edit …' }).click();
  const edit = page.getByRole('dialog', { name: 'Change hook' });
  await edit.getByLabel('Name').fill('team hook');
  await edit.getByRole('checkbox', { name: 'drift' }).check();
  await edit.getByRole('button', { name: 'Save' }).click();
  await row.getByText('Saved.').waitFor();
  await row.getByRole('button', { name: 'Turn off …' }).click();
  await page.getByRole('dialog', { name: 'Turn hook off?' }).getByRole('button', { name: 'Turn off' }).click();
  await row.getByText('Done.').waitFor();
  await row.getByRole('button', { name: 'Remove …' }).click();
  await page.getByRole('dialog', { name: 'Remove hook?' }).getByRole('button', { name: 'Remove' }).click();
  await row.getByText('Removed.').waitFor();
  const url = '/api/monitoring/channels/1';
  expect(changes()).toMatchObject([
    { method: 'PATCH', url, body: { name: 'team hook', events: ['drift'] } },
    { method: 'PATCH', url, body: { enabled: false } },
    { method: 'DELETE', url },
  ]);
  expect(Object.keys(changes()[0]?.body as object).sort()).toEqual(['events', 'name']);
  await page.close();
});

test('an alert is edited from what it is; its webhook stays unless another is given', async () => {
  ops.site.reset({ 'PATCH /api/monitoring/alerts/1': { body: {} } });
  const { page } = await ops.visit('/ops/alerts');
  const row = page.getByRole('region', { name: 'Alerts' }).getByRole('row', { name: /^drift/ });
  await row.getByRole('button', { name: 'Edit …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change drift' });
  const line = dialog.getByRole('textbox', { name: 'Line' });
  expect(await line.inputValue()).toBe('0.3');
  await line.fill('0.45');
  await dialog.getByLabel('Fires when it is').selectOption('below');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await row.getByText('Saved.').waitFor();
  expect(changes()).toEqual([
    {
      method: 'PATCH',
      url: '/api/monitoring/alerts/1',
      body: { name: 'drift', metric: 'drift_score', comparison: 'below', threshold: 0.45, window_minutes: 60 },
    },
  ]);
  await page.close();
});

test('what somebody else noted on a version meanwhile is shown before it is overwritten', async () => {
  const { body } = controlAnswers()['GET /api/models/BO1'] as { body: object };
  const etags = () =>
    ops.site.services.seen.filter(({ method }) => method === 'PATCH').map((s) => s.headers['if-match']);
  ops.site.reset({ 'PATCH /api/models/BO1': { status: 412, body: { message: 'this has changed' } } });
  const { page } = await ops.visit('/ops/models/BO1');
  await page.getByRole('button', { name: 'Edit notes and tags …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Notes on BO1' });
  await dialog.getByLabel('Notes').fill('kept for the audit');
  await dialog.getByLabel('Tags').fill('audit, keep');
  ops.site.services.answers['GET /api/models/BO1'] = {
    headers: { ETag: '"second"' },
    body: { ...body, notes: 'do not use', tags: ['broken'] },
  };
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('There now: “do not use”, broken.').waitFor();
  expect(await dialog.getByRole('alert').textContent()).toContain('Save again to put yours in its place');
  expect(await dialog.getByLabel('Notes').inputValue()).toBe('kept for the audit');
  ops.site.services.answers['PATCH /api/models/BO1'] = { body: {} };
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  expect(etags()).toEqual(['"first"', '"second"']);
  expect(changes().at(-1)).toEqual({
    method: 'PATCH',
    url: '/api/models/BO1?project=home-prices',
    body: { notes: 'kept for the audit', tags: ['audit', 'keep'] },
  });
  await page.close();
});

test('an A/B test begins with its treatments, and the control keeps what they leave', async () => {
  ops.site.reset({ 'POST /api/ab-tests': { status: 201, body: {} } });
  const { page } = await ops.visit('/ops/ab-tests');
  await page.getByRole('button', { name: 'Begin a test …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Begin an A/B test' });
  await dialog.getByLabel('Name').fill('rankings');
  await dialog.getByLabel('Control').fill('ranker-1');
  await dialog.getByLabel('Variant').fill('ranker-2');
  await dialog.getByRole('button', { name: 'Another treatment' }).click();
  const second = dialog.getByRole('group', { name: 'Treatment 2' });
  await second.getByLabel('Variant').fill('ranker-3');
  await second.getByLabel('Percent').fill('90');
  await dialog.getByText('The control must keep a share of the users.').waitFor();
  await second.getByLabel('Percent').fill('12.5');
  await dialog.getByText('The control keeps 67.5 % of the users.').waitFor();
  await dialog.getByLabel('Success is').selectOption('rating');
  await dialog.getByLabel('Ends after so many days').fill('2.5');
  await dialog.getByRole('button', { name: 'Begin' }).click();
  await page.getByText('The test has begun.').waitFor();
  expect(changes()).toEqual([
    {
      method: 'POST',
      url: '/api/ab-tests',
      body: {
        project: 'home-prices',
        name: 'rankings',
        control: 'ranker-1',
        treatments: [
          { name: 'ranker-2', percent: 20 },
          { name: 'ranker-3', percent: 12.5 },
        ],
        success_metric: 'rating',
        policy: 'evidence',
        max_age_days: 2.5,
      },
    },
  ]);
  await page.close();
});

test('an A/B test shows both verdicts on each treatment, and is stopped with a reason', async () => {
  const { page } = await ops.visit('/ops/ab-tests');
  await page.getByRole('link', { name: 'two rankings' }).click();
  const harmed = page.getByRole('region', { name: 'Treatment ranker-3' });
  await harmed.getByText('Users like it less.').waitFor();
  expect(await harmed.textContent()).toMatch(/12\.5 % of users[\s\S]*Harm[\s\S]*The rule says[\s\S]*Roll back/);
  expect(await harmed.textContent()).toContain('the two scores: rating alone');
  ops.site.services.answers['POST /api/ab-tests/4/stop'] = () => {
    ops.site.services.answers['GET /api/ab-tests/4'] = { body: stoppedAbTest };
    return { body: stoppedAbTest };
  };
  await page.getByRole('button', { name: 'Stop …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop two rankings?' });
  await dialog.getByLabel('Why?').fill('seen enough');
  await dialog.getByRole('button', { name: 'Stop the test' }).click();
  await page.getByText('seen enough').waitFor();
  expect(await page.getByRole('button', { name: 'Stop …' }).count()).toBe(0);
  expect(changes()).toEqual([{ method: 'POST', url: '/api/ab-tests/4/stop', body: { reason: 'seen enough' } }]);
  await page.close();
});

test('shares of users that are no numbers leave the control none that could be told', () => {
  expect(controlShare([{ percent: '0.1' }, { percent: '0.2' }])).toBe(99.7);
  expect(controlShare([{ percent: '' }])).toBeNull();
  expect(controlShare([{ percent: 'half' }])).toBeNull();
});

test.each([
  ['/ops', 'Roll back …'],
  ['/ops/models/BO1', 'Roll back to this …'],
  ['/ops/experiment', 'Promote …'],
  ['/ops/models', null],
])('%s tells of a delivery that is under way until it has ended', async (path, button) => {
  const { body } = controlAnswers()['GET /api/deploy/status'] as { body: { instances: object[] } };
  const late = [{ ...body.instances[0], id: 'production-2', generation: 3 }, ...body.instances];
  ops.site.reset({
    'GET /api/deploy/status': { body: { ...body, instances: late, delivery: { status: 'running' } } },
  });
  const { page } = await ops.visit(path);
  const note = page.getByRole('status', { name: 'Delivery' });
  await note.getByText('1 of 2 production instances confirmed BO2').waitFor();
  if (button !== null) {
    const act = page.getByRole('button', { name: button });
    await expect.poll(() => act.isDisabled()).toBe(true);
    await page.getByText('wait until it has ended').waitFor();
  }
  ops.site.reset();
  await expect.poll(() => note.textContent(), { timeout: 10_000 }).toBe('');
  if (button !== null) expect(await page.getByRole('button', { name: button }).isEnabled()).toBe(true);
  await page.close();
});
