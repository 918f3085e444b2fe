import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '../../adapters/postgres/verify-audit.js';
import { expectContract } from './contract.js';
import { type DeliveryStory, PROJECT, startDeliveryStory } from './support/delivery-story.js';

// One story in order: a candidate is promoted, production goes back and forth, and all of it is remembered.

let story: DeliveryStory;
let request: DeliveryStory['request'];
let get: DeliveryStory['get'];
beforeAll(async () => {
  story = await startDeliveryStory('promote');
  ({ request, get } = story);
  await story.trainBoth();
}, 180_000);
afterAll(() => story?.stop(), 60_000);

let whenPromoted: Date;

test('a person promotes the candidate: it is copied to the next BO and the experiment ends', async () => {
  const { status, body } = await request
    .put('/api/models/CO1/promote')
    .send({ project: PROJECT, reason: 'people like it' });
  expect([status, body.previous]).toEqual([202, 'BO1']);
  expect(await story.delivered(body.job_id)).toEqual({ promoted: 'CO1', version: 'BO2', replaced: 'BO1' });
  whenPromoted = new Date();
  expect((await get(`/api/production?project=${PROJECT}`)).version).toBe('BO2');
  const { items } = await get(`/api/experiments?project=${PROJECT}`);
  expect(items[0]).toMatchObject({ state: 'decided', outcome: 'promote' });
}, 60_000);

test('a rollback answers with the old model within two seconds, and nothing is copied or trained', async () => {
  const before = await story.loop.objects.list('');
  expect(await story.served()).toBe('BO2');
  const started = performance.now();
  const { status, body } = await request.post('/api/deploy/rollback').send({ project: PROJECT });
  expect([status, body.version, body.previous]).toEqual([202, 'BO1', 'BO2']);
  await expect.poll(story.served, { interval: 20, timeout: 10_000 }).toBe('BO1');
  expect(performance.now() - started).toBeLessThan(2_000);
  await story.delivered(body.job_id);
  expect(await story.loop.objects.list('')).toEqual(before);
}, 30_000);

test('which model was in production at a time is remembered, by whom and why', async () => {
  const at = (time: Date) => get(`/api/production?project=${PROJECT}&at=${encodeURIComponent(time.toISOString())}`);
  expect(await at(whenPromoted)).toMatchObject({ version: 'BO2', reason: 'people like it', actor: 'local' });
  const now = await at(new Date());
  expectContract('get', '/api/production', now);
  expect(now).toMatchObject({ version: 'BO1', reason: 'rolled back by local', ended_at: null });
  const earlier = await request.get(`/api/production?project=${PROJECT}&at=2020-01-01T00:00:00Z`);
  expect(earlier.status).toBe(404);
  const history = await get(`/api/deployments?project=${PROJECT}&slot=production&sort=created_at`);
  expect(history.items.map(({ version }: { version: string }) => version)).toEqual(['BO1', 'BO2', 'BO1']);
});

test('any BO that is named is gone back to, while a training keeps the workers busy', async () => {
  const training = await story.train();
  const look = () => get(`/api/training/status/${training}`);
  await expect.poll(async () => (await look()).stage, { interval: 20, timeout: 20_000 }).not.toBe('waiting');
  const { body } = await request
    .post('/api/deploy/rollback')
    .send({ project: PROJECT, version: 'BO2', reason: 'it was better' });
  await expect.poll(story.served, { interval: 20, timeout: 10_000 }).toBe('BO2');
  expect((await look()).status).toBe('running');
  await request.post(`/api/training/cancel/${training}`).send({});
  await story.delivered(body.job_id);
  expect((await get(`/api/production?project=${PROJECT}`)).version).toBe('BO2');
  await expect.poll(async () => (await look()).status, { timeout: 20_000 }).toBe('cancelled');
}, 60_000);

test('the lineage of a model leads both ways', async () => {
  const lineage = await get(`/api/models/CO1/lineage?project=${PROJECT}`);
  expectContract('get', '/api/models/:version/lineage', lineage);
  expect(lineage).toMatchObject({
    code_revision: 'test',
    parent: 'BO1',
    children: ['BO2'],
    dataset: { number: 2, feedback_rows: 0 },
    run: { status: 'succeeded', cause: 'a test' },
  });
  expect(lineage.experiments).toHaveLength(1);
  const trained = await get(`/api/models?project=${PROJECT}&dataset_number=2&sort=created_at`);
  expect(trained.items.map(({ version }: { version: string }) => version)).toEqual(['CO1', 'BO2']);
});

test('every change is in the audit log, and its chain is whole', async () => {
  const { items } = await get(`/api/audit?project=${PROJECT}&limit=200`);
  const actions = items.map(({ action }: { action: string }) => action);
  expect(actions).toEqual(
    expect.arrayContaining(['training.start', 'deploy', 'promote.request', 'promote', 'rollback.request']),
  );
  const request = items.find(({ action }: { action: string }) => action === 'rollback.request');
  expect(request).toMatchObject({
    actor: 'local',
    workflow_id: 'home-prices-delivery',
    details: { before: { version: 'BO1' }, after: { version: 'BO2' } },
  });
  expect((await verifyAudit(story.loop.pool)).findings).toEqual([]);
});
