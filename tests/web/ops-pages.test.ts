import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { controlAnswers } from './answers/control-answers.js';
import { experiment, twoDaysOfDecisions } from './answers/experiment-answers.js';
import { page as listOf } from './answers/times.js';
import { type Operations, openOperations } from './operations.js';

let ops: Operations;
beforeAll(async () => {
  ops = await openOperations();
});
afterAll(() => ops?.close());
beforeEach(() => ops.site.reset());

test('every page is reached from the navigation and opens without an error', async () => {
  const { page, errors, hosts } = await ops.visit('/ops');
  for (const name of [
    'Experiment',
    'Decisions',
    'Approvals',
    'A/B tests',
    'Traffic',
    'Predictions',
    'Feedback',
    'Batch jobs',
    'Models',
    'Training',
    'Data',
    'Features',
    'Drift',
    'Alerts',
    'Schedules',
    'Audit',
    'Settings',
    'Overview',
  ]) {
    await page.getByRole('navigation', { name: 'Operations' }).getByRole('link', { name, exact: true }).click();
    const heading = page.getByRole('heading', { level: 1, name });
    await heading.waitFor();
    // a screen reader is told that the page has changed
    expect(await heading.and(page.locator(':focus')).count()).toBe(1);
    await expect.poll(() => page.getByText(/^Loading/).count()).toBe(0);
    expect(await page.title()).toBe(`${name} · Operations`);
  }
  expect(errors).toEqual([]);
  expect([...hosts]).toEqual([new URL(ops.site.origin).host]);
  await page.close();
});

test('the overview tells both slots, the split, the verdict and the part that is away', async () => {
  const { page } = await ops.visit('/ops');
  const production = await page.getByRole('region', { name: 'production slot' }).textContent();
  expect(production).toMatch(/BO2[\s\S]*R² 0\.834/);
  expect(production).toContain('80 % of users');
  expect(await page.getByRole('region', { name: 'candidate slot' }).textContent()).toContain('20 % of users');
  const away = page.getByRole('row', { name: /^candidate/ });
  expect(await away.textContent()).toMatch(/away[\s\S]*not heard of for 40 s/);
  expect(await page.getByText('The two are too close to act on.').count()).toBe(1);
  await page.close();
});

test('both verdicts stand side by side with their reasons and what is still needed', async () => {
  const { page } = await ops.visit('/ops/experiment');
  const rule = page.locator('.verdict').filter({ hasText: 'The rule says' });
  const evidence = page.locator('.verdict').filter({ hasText: 'The evidence says' });
  await evidence.waitFor();
  expect(await rule.textContent()).toMatch(/this policy acts[\s\S]*Continue testing/);
  expect(await evidence.textContent()).toMatch(
    /Promising[\s\S]*Still needed: 60 more ratings of the candidate, 240 more users, about 10 h/,
  );
  // the picture is described for those who do not see it
  expect(await page.getByRole('figure').first().textContent()).toContain('Latest scores: production 0.80');
  expect(await page.locator('canvas').count()).toBe(3);
  await page.close();
});

test('before there is a course to draw the page says so, and where true values count it does not speak of stars', async () => {
  const [latest] = twoDaysOfDecisions;
  ops.site.reset({
    'GET /api/experiments': listOf([{ ...experiment, judged_by: 'labels', metric: 'score' }]),
    'GET /api/experiments/3/decisions': listOf([latest]),
  });
  const { page } = await ops.visit('/ops/experiment');
  await page.getByText('true values is drawn from the second look on').waitFor();
  expect(await page.locator('canvas').count()).toBe(0);
  const main = await page.getByRole('main').textContent();
  expect(main).toContain('70 % mean points, 30 % latency');
  expect(main).toContain('60 more true values of the candidate');
  expect(main).not.toMatch(/\bstars?\b|\bratings?\b/i);
  await page.close();
});

test('the traffic of a project that predicts classes tells how many were right, and averages no class', async () => {
  const answers = controlAnswers()['GET /api/monitoring/metrics'] as { body: { feedback: object[] } };
  const feedback = [
    { ...answers.body.feedback[0], ratings: 0, mean_rating: null, actual_classes: 40, share_right: 0.925 },
  ];
  ops.site.reset({
    'GET /api/monitoring/metrics': { body: { ...answers.body, unit: 'class', task: 'classification', feedback } },
  });
  const { page } = await ops.visit('/ops/traffic');
  const row = page.getByRole('region', { name: 'Feedback' }).getByRole('row').nth(1);
  await row.waitFor();
  expect(await row.getByRole('cell').allTextContents()).toEqual(['production', '40', '92.5 %', '3']);
  expect(await page.getByRole('heading', { name: /^Mean estimate/ }).count()).toBe(0);
  await page.close();
});

test('on a phone the rows of a wide table are cards that fit, with each cell under its name', async () => {
  const { page } = await ops.visit('/ops/predictions');
  await page.setViewportSize({ width: 390, height: 844 });
  const table = page.getByRole('region', { name: 'Predictions' });
  const row = table.getByRole('row').nth(1);
  await row.waitFor();
  expect(
    await table.evaluate((box: { scrollWidth: number; clientWidth: number }) => box.scrollWidth - box.clientWidth),
  ).toBe(0);
  // for a screen reader it is a table all the same
  expect(await row.getByRole('cell').count()).toBe(6);
  const tops = await row
    .getByRole('cell')
    .evaluateAll((cells: { getBoundingClientRect(): { top: number } }[]) =>
      cells.map((cell) => cell.getBoundingClientRect().top),
    );
  expect(tops).toEqual(tops.toSorted((a, b) => a - b));
  expect(new Set(tops).size).toBe(6);
  await page.close();
});

test('text of strangers stays text', async () => {
  const attack = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  ops.site.reset({
    'GET /api/audit': {
      body: {
        items: [
          {
            id: 1,
            action: attack,
            actor: attack,
            subject: attack,
            reason: attack,
            workflow_id: '"><script>',
            created_at: '2026-03-01T10:00:00.000Z',
          },
        ],
        next_cursor: null,
      },
    },
  });
  const { page, errors } = await ops.visit('/ops/audit');
  await page.getByText(attack).first().waitFor();
  expect(await page.getByText(attack).count()).toBe(4);
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.title()).toBe('Audit · Operations');
  expect(errors).toEqual([]);
  await page.close();
});

test('the chain of the audit log is checked, and what is found is told', async () => {
  const { page } = await ops.visit('/ops/audit');
  await page.getByRole('button', { name: 'Check the chain' }).click();
  await page.getByText('The chain of 120 entries is whole.').waitFor();
  const finding = { kind: 'changed', sequence: 12, message: 'the entry was changed after it was written' };
  ops.site.reset({
    'GET /api/audit/verification': { body: { rows: 120, unchained: 0, head: 'x', findings: [finding] } },
  });
  await page.getByRole('button', { name: 'Check the chain' }).click();
  await page.getByText('Entry 12: the entry was changed after it was written').waitFor();
  await page.close();
});

test('another project is shown as a whole', async () => {
  const { page } = await ops.visit('/ops/models/BO2');
  await page.getByRole('combobox', { name: 'Project' }).selectOption('iris');
  await page.getByRole('heading', { name: 'Models', exact: true }).waitFor();
  expect(page.url()).toBe(`${ops.site.origin}/ops/models?project=iris`);
  expect(ops.site.services.seen.some(({ url }) => url.startsWith('/api/models?project=iris'))).toBe(true);
  expect(ops.site.services.seen.some(({ url }) => url === '/api/events?project=iris')).toBe(true);
  await page.close();
});

test('an address that operations does not know says so', async () => {
  const { page } = await ops.visit('/ops/nothing');
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  await page.close();
});
