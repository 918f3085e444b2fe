import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectContract } from './contract.js';
import { type DeliveryStory, PROJECT, startDeliveryStory } from './support/delivery-story.js';

// One story in order: a model is trained into production, a second one becomes its candidate, and the experiment is stopped.

let story: DeliveryStory;
let request: DeliveryStory['request'];
let get: DeliveryStory['get'];
beforeAll(async () => {
  story = await startDeliveryStory('deploy');
  ({ request, get } = story);
}, 180_000);
afterAll(() => story?.stop(), 60_000);

/** The lines of a stream as they came. */
function readEvents(text: string): { event: string; data: Record<string, unknown> }[] {
  return text
    .split('\n\n')
    .filter((block) => block.includes('event: '))
    .map((block) => ({
      event: /^event: (.*)$/m.exec(block)![1]!,
      data: JSON.parse(/^data: (.*)$/m.exec(block)![1]!),
    }));
}

test('a training is started, refused a second time, followed as a stream, and its model is in production', async () => {
  const job = await story.train();
  const second = await request.post('/api/training/start').send({ project: PROJECT });
  expect([second.status, second.body.code, second.body.job_id]).toEqual([409, 'CONFLICT', job]);

  const stream = await request.get(`/api/training/logs/${job}`).set('Accept', 'text/event-stream').buffer(true);
  expect(stream.headers['content-type']).toMatch(/^text\/event-stream/);
  const events = readEvents(stream.text);
  const said = events.filter(({ event }) => event === 'line').map(({ data }) => data.message);
  expect(said).toEqual(
    expect.arrayContaining([
      'trainCandidate started',
      'snapshotDataset done',
      'trainModel done',
      'deploy done',
      'completed',
    ]),
  );
  expect(events.at(-1)).toMatchObject({
    event: 'end',
    data: { status: 'completed', outcome: 'deployed', error: null },
  });

  const status = await get(`/api/training/status/${job}`);
  expectContract('get', '/api/training/status/:job_id', status);
  expect(status).toMatchObject({ status: 'completed', stage: 'done', progress: 1, version: 'BO1', dataset_number: 1 });
  expect(status.metrics.r2).toBeGreaterThan(0.5);
  const log = await get(`/api/training/logs/${job}`);
  expectContract('get', '/api/training/logs/:job_id', log);
  expect(log.items.map((line: { message: string }) => line.message)).toEqual(said);
}, 90_000);

test('a stream that broke off goes on after the last line that was seen', async () => {
  const { items } = await get(`/api/training/logs/${PROJECT}-training`);
  const seen = items.at(-3);
  const { text } = await request
    .get(`/api/training/logs/${PROJECT}-training`)
    .set('Accept', 'text/event-stream')
    .set('Last-Event-ID', String(seen.id))
    .buffer(true);
  const lines = readEvents(text).filter(({ event }) => event === 'line');
  expect(lines.map(({ data }) => data.id)).toEqual(items.slice(-2).map(({ id }: { id: number }) => id));
});

test('the second model is the candidate of an experiment; both can be compared on the same rows', async () => {
  await story.train();
  await expect.poll(async () => (await story.overview()).experiment?.state, { timeout: 60_000 }).toBe('running');
  const overview = await story.overview();
  expectContract('get', '/api/overview', overview);
  expect(overview).toMatchObject({
    production: { version: 'BO1', reason: 'a test', actor: 'local' },
    candidate: { version: 'CO1' },
    experiment: { production_version: 'BO1', candidate_version: 'CO1', candidate_weight_percent: 20 },
  });
  expect(overview.instances.map((one: { role: string; healthy: boolean }) => [one.role, one.healthy])).toEqual([
    ['candidate', true],
    ['production', true],
  ]);

  const detail = await get(`/api/models/CO1?project=${PROJECT}`);
  expectContract('get', '/api/models/:version', detail);
  expect(detail).toMatchObject({
    state: 'candidate',
    semantic_version: '2.0.0-co.1',
    parent_version: 'BO1',
    dataset_number: 2,
  });
  expect(Object.keys(detail.files).sort()).toEqual(['forest.bin', 'model.json', 'model.onnx', 'reference.json']);

  const comparison = await get(`/api/models/compare?project=${PROJECT}&a=BO1&b=CO1`);
  expectContract('get', '/api/models/compare', comparison);
  expect(comparison.schema).toEqual({ same: true, only_a: [], only_b: [] });
  expect(comparison.metrics.r2).toEqual({ a: expect.any(Number), b: expect.any(Number) });
  const own = JSON.parse(
    new TextDecoder().decode(await story.loop.artifacts.readFile(detail.artifact_prefix, 'model.json')),
  );
  const row = comparison.predictions.rows.find(
    ({ input }: { input: object }) => JSON.stringify(input) === JSON.stringify(own.expected[0].row),
  );
  expect(row.b).toBeCloseTo(own.expected[0].prediction, 9);
}, 90_000);

test('what the models read is told with what the production model made of it', async () => {
  const features = await get(`/api/features?project=${PROJECT}`);
  expectContract('get', '/api/features', features);
  expect([features.version, features.target]).toEqual(['BO1', { name: 'price', unit: 'lakh INR' }]);
  const shares = features.items.map(({ importance }: { importance: number }) => importance);
  expect(shares.reduce((sum: number, share: number) => sum + share, 0)).toBeCloseTo(1, 6);
  const named = (name: string) => features.items.find((item: { name: string }) => item.name === name);
  expect(named('total_sqft').max).toBeGreaterThan(named('total_sqft').min);
  expect(named('location').most_frequent).toHaveLength(10);
  expect(named('location').categories).toBeGreaterThan(10);
});

test('a candidate cannot be put into production as it is', async () => {
  const { status, body } = await request
    .post('/api/deploy')
    .send({ project: PROJECT, version: 'CO1', reason: 'hurry' });
  expect([status, body.message]).toEqual([409, expect.stringContaining('PUT /api/models/CO1/promote')]);
});

test('an experiment is stopped by a person: its users go to production and its candidate is kept', async () => {
  const { experiment } = await story.overview();
  const etag = (await request.get(`/api/experiments/${experiment.id}`)).headers.etag!;
  const { status, body } = await request.post(`/api/experiments/${experiment.id}/stop`).send({ reason: 'seen enough' });
  expect(status).toBe(202);
  await story.delivered(body.job_id);
  expect(await get(`/api/experiments/${experiment.id}`)).toMatchObject({ state: 'stopped', outcome: 'stopped' });
  expect((await request.get(`/api/experiments/${experiment.id}`)).headers.etag).not.toBe(etag);
  expect((await story.overview()).candidate).toBeNull();
  expect((await get(`/api/models/CO1?project=${PROJECT}`)).state).toBe('retired');
  const again = await request.post(`/api/experiments/${experiment.id}/stop`).send({ reason: 'seen enough' });
  expect(again.status).toBe(409);
}, 40_000);

test('a candidate that was stopped can be looked at again, in an experiment of its own', async () => {
  const wish = { project: PROJECT, version: 'CO1', slot: 'candidate', reason: 'look again' };
  const { status, body } = await request.post('/api/deploy').send(wish);
  expect(status).toBe(202);
  await story.delivered(body.job_id);
  expect(await story.overview()).toMatchObject({ candidate: { version: 'CO1', reason: 'look again' } });
  expect((await get(`/api/models/CO1/lineage?project=${PROJECT}`)).experiments).toHaveLength(2);
});

test('every change, and every change that was refused, is in the audit log', async () => {
  const { items } = await get(`/api/audit?project=${PROJECT}&limit=200`);
  const actions = items.map(({ action }: { action: string }) => action);
  expect(actions).toEqual(
    expect.arrayContaining(['training.start', 'deploy', 'deploy.refused', 'experiment.stop.request', 'stop']),
  );
});
