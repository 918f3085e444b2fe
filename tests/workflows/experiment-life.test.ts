import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRouting } from '../../adapters/postgres/routing-store.js';
import { deliveryId } from '../../core/loop/workflow-ids.js';
import { type LoopStep, loopWorkflow } from '../../core/loop/workflow-start.js';
import type { ModelProject } from '../../core/project.js';
import type { EvaluateExperimentResult } from '../../workflows/evaluate-experiment.js';
import { smallHomePrices } from '../support/loop.js';
import { startLoopApi } from '../support/loop-api.js';

// The life of an experiment between its hourly looks, on a real Temporal server, Postgres, S3 and prediction services.

const PROJECT = 'home-prices';
const WATCHED = { timeout: 60_000, interval: 500 };
const project: ModelProject = {
  ...smallHomePrices,
  experiment: {
    shadow: { minRequests: 5 },
    ramp: [
      { weightPercent: 1, holdMinutes: 600 },
      { weightPercent: 5, holdMinutes: 600 },
    ],
    approval: { required: true, notByRequester: true, timeLimitHours: 1 },
  },
};

let api: Awaited<ReturnType<typeof startLoopApi>>;
let loop: (typeof api)['loop'];
let request: (typeof api)['request'];
beforeAll(async () => {
  api = await startLoopApi('life', project);
  ({ loop, request } = api);
}, 120_000);
afterAll(() => api?.stop(), 60_000);

async function run<T>(step: LoopStep): Promise<T> {
  return (await loop.loop.run(loopWorkflow(step, PROJECT, 'test', new Date()))) as T;
}

const current = async () => (await loop.experiments.current(PROJECT))!;
const routing = () => readRouting(loop.pool, PROJECT);
const post = (path: string, body: object) => request.post(path).send(body);

/** A change, once the delivery before it has ended: the row is changed a moment earlier than the delivery is over. */
async function change(path: string, body: object): Promise<void> {
  await expect.poll(async () => (await post(path, body)).status, WATCHED).toBe(202);
}

/** Requests as the inference services record them. */
async function asked(count: number, request: { shadow?: boolean; by?: string; dealt?: string | null; ms?: number }) {
  const { shadow = false, by = 'production', dealt = null, ms = 20 } = request;
  const { id, productionVersion, candidateVersion } = await current();
  await loop.pool.query(
    `insert into predictions (id, project, model_version, variant, assigned_variant, experiment_id, user_id, shadow, input, prediction, latency_ms, created_at)
     select nextval('prediction_id_blocks') * 1000, $1, $2, $3, $4, $5, 'u' || i, $6, '{}', 50, $7, now()
     from generate_series(1, $8::int) i`,
    [PROJECT, by === 'candidate' ? candidateVersion : productionVersion, by, dealt, id, shadow, ms, count],
  );
}

/** People as the prediction log counts them. */
async function people(variant: 'production' | 'candidate', count: number, stars: number): Promise<void> {
  const { id } = await current();
  await loop.pool.query(
    `insert into experiment_users (experiment_id, variant, user_id, requests, latency_ms_sum, latency_score_sum, ratings, rating_sum, rating_square_sum)
     select $1, $2, $2 || '-' || i, 2, 20, 2 * 0.998, 1, $4::float8, $4::float8 * $4::float8 from generate_series(1, $3::int) i`,
    [id, variant, count, stars],
  );
}

test('a candidate begins in the shadow: no user sees it, and the hourly look has nothing to count', async () => {
  await run('train');
  await run('train');
  expect(await current()).toMatchObject({ state: 'shadow', startedAt: null });
  expect(await routing()).toMatchObject({ candidateWeightPercent: 0, shadowPercent: 100 });
  expect(await run('evaluate')).toMatchObject({ verdict: 'not_running', effect: 'the experiment goes on' });
});

test('after enough answered copies it is on the first step of the ramp, until that was held', async () => {
  await asked(6, {});
  await asked(6, { shadow: true, by: 'candidate' });
  await expect.poll(async () => (await current()).state, WATCHED).toBe('ramping');
  expect(await current()).toMatchObject({ rampStep: 0, startedAt: null });
  expect(await routing()).toMatchObject({ candidateWeightPercent: 1, shadowPercent: 0 });
});

test('a weight set by hand ends the ramp, starts the clock and is in the history', async () => {
  const { id } = await current();
  await people('candidate', 3, 5);
  await change(`/api/experiments/${id}/weights`, { candidate_weight_percent: 30, reason: 'enough' });
  await expect.poll(async () => (await current()).state, WATCHED).toBe('running');
  expect(await routing()).toMatchObject({ experimentId: id, candidateWeightPercent: 30 });
  expect((await loop.experiments.summarize(id)).candidate.users).toBe(0);
  const { body } = await request.get(`/api/experiments/${id}/changes`);
  const steps = body.items.map(
    (c: Record<string, unknown>) => `${c.from_state} ${c.from_weight_percent} → ${c.to_state} ${c.to_weight_percent}`,
  );
  expect(steps.toSorted()).toEqual(
    ['warming 0 → shadow 0', 'shadow 0 → ramping 1', 'ramping 1 → running 30'].toSorted(),
  );
});

test('a pause sends everybody to production, keeps the counts, and a second one is refused', async () => {
  const { id } = await current();
  await people('production', 60, 3);
  await people('candidate', 60, 5);
  await change(`/api/experiments/${id}/pause`, { reason: 'a look at the logs' });
  await expect.poll(async () => (await current()).state, WATCHED).toBe('paused');
  expect(await routing()).toMatchObject({ experimentId: null, candidateWeightPercent: 0 });
  expect((await post(`/api/experiments/${id}/pause`, { reason: 'again' })).status).toBe(409);
  expect(await run('evaluate')).toMatchObject({ verdict: 'not_running' });
  await change(`/api/experiments/${id}/resume`, { reason: 'all is well' });
  await expect.poll(async () => (await current()).state, WATCHED).toBe('running');
  expect((await loop.experiments.summarize(id)).candidate.users).toBe(60);
  expect((await current()).pausedSeconds).toBeGreaterThan(0);
});

test('a promotion waits for a yes while the hourly looks go on, and only one request is open', async () => {
  const first = await run<EvaluateExperimentResult>('evaluate');
  expect(first).toMatchObject({ verdict: 'promote', effect: "CO1 waits for a person's yes" });
  expect(await run('evaluate')).toMatchObject({ verdict: 'promote', effect: "CO1 still waits for a person's yes" });
  await expect
    .poll(async () => (await request.get(`/api/approvals?project=${PROJECT}&state=pending`)).body.items, WATCHED)
    .toMatchObject([{ candidate_version: 'CO1', requested_by: 'test', may_approve: true }]);
  const byHand = await request.put('/api/models/CO1/promote').send({ project: PROJECT, reason: 'now' });
  expect([byHand.status, byHand.body.message]).toEqual([409, expect.stringContaining('a request for approval')]);
});

test('who asked may not approve; somebody else may, and then the candidate is in production', async () => {
  const { body } = await request.get(`/api/approvals?project=${PROJECT}&state=pending`);
  const { id } = body.items[0];
  await loop.pool.query("update approvals set requested_by = 'local' where id = $1", [id]);
  const own = await post(`/api/approvals/${id}/approve`, { reason: 'mine is good' });
  expect([own.status, own.body.message]).toEqual([409, expect.stringContaining('somebody else must approve')]);
  await loop.pool.query("update approvals set requested_by = 'asha' where id = $1", [id]);
  const approved = await post(`/api/approvals/${id}/approve`, { reason: 'the figures hold' });
  expect([approved.status, approved.body]).toMatchObject([200, { state: 'approved', decided_by: 'local' }]);
  await expect.poll(async () => (await loop.slots.get(PROJECT, 'production')).version, WATCHED).toBe('BO2');
  expect((await post(`/api/approvals/${id}/reject`, { reason: 'too late' })).status).toBe(409);
  await expect.poll(async () => loop.experiments.current(PROJECT), WATCHED).toBeNull();
  const { rows } = await loop.pool.query("select action, actor from audit where action like 'approval.%' order by id");
  expect(rows).toEqual([
    { action: 'approval.request', actor: 'test' },
    { action: 'approval.approved.refused', actor: 'local' },
    { action: 'approval.approved', actor: 'local' },
    { action: 'approval.rejected.refused', actor: 'local' },
  ]);
});

test('a second promotion, of an experiment that has ended or of a model that was deleted, is told so', async () => {
  const order = { project: PROJECT, experimentId: 1, candidate: 'CO1', reason: 'again', actor: 'test' };
  // ids of their own: with the project's delivery id the second one would already be refused at its start
  const promotion = (input: typeof order) =>
    loop.loop.run({ type: 'promote', workflowId: `late promotion of ${input.candidate}`, input });
  await expect(promotion(order)).rejects.toMatchObject({
    cause: {
      cause: { type: 'CONFLICT', message: expect.stringContaining('not the candidate of an open experiment 1') },
    },
  });
  await run('train');
  const { id: experimentId } = await current();
  await loop.registry.setState(PROJECT, 'CO2', 'deleted');
  await expect(promotion({ ...order, experimentId, candidate: 'CO2' })).rejects.toMatchObject({
    cause: { cause: { type: 'CONFLICT', message: 'CO2 is deleted and cannot be promoted' } },
  });
  await loop.registry.setState(PROJECT, 'CO2', 'candidate');
  await loop.pool.query(
    `insert into decisions (experiment_id, project, policy, verdict, reason, evaluation, idempotency_key)
     values ($1, $2, 'rule', 'harm', 'it failed', '{"action": "hold"}', 'held')`,
    [experimentId, PROJECT],
  );
  await expect(promotion({ ...order, experimentId, candidate: 'CO2', reason: 'quick' })).rejects.toMatchObject({
    cause: { cause: { message: 'CO2 lost its users and cannot be promoted: it failed' } },
  });
  await loop.pool.query("delete from decisions where idempotency_key = 'held'");
  expect((await loop.slots.get(PROJECT, 'production')).version).toBe('BO2');
});

test('a person ends the shadow before its time, and asks for another one', async () => {
  const { id } = await current();
  const shadow = (body: object) => [`/api/experiments/${id}/shadow`, { reason: 'a look', ...body }] as const;
  const endless = await post(...shadow({ shadow_percent: 25 }));
  expect([endless.status, endless.body.message]).toEqual([422, expect.stringContaining('when would the shadow end?')]);
  await change(...shadow({ shadow_percent: 0 }));
  await expect.poll(async () => (await current()).state, WATCHED).toBe('ramping');
  expect(await routing()).toMatchObject({ candidateWeightPercent: 1, shadowPercent: 0 });
  await expect
    .poll(async () => (await post(...shadow({ shadow_percent: 0 }))).body.message, WATCHED)
    .toContain('an experiment that is ramping cannot take "shadow"');
  await change(...shadow({ shadow_percent: 25, hours: 2 }));
  await expect.poll(async () => (await current()).state, WATCHED).toBe('shadow');
  expect(await routing()).toMatchObject({ experimentId: id, candidateWeightPercent: 0, shadowPercent: 25 });
  const { body } = await request.get(`/api/experiments/${id}`);
  expect(body).toMatchObject({ traffic: { shadow_percent: 25 }, path: { shadow: { percent: 25, hours: 2 } } });
  const delivery = async () => (await request.get(`/api/deploy/status?project=${PROJECT}`)).body.delivery?.status;
  await expect.poll(delivery, WATCHED).toBe('completed');
  const { rows } = await loop.pool.query("select actor from audit where action = 'experiment.shadow'");
  expect(rows).toEqual([{ actor: 'local' }, { actor: 'local' }]);
});

test('a failing candidate loses its users within a minute, between two hourly looks', async () => {
  const { id } = await current();
  const held = {
    project: PROJECT,
    experimentId: id,
    candidate: 'CO2',
    event: { type: 'held' },
    reason: 'a test',
    actor: 'test',
  };
  await loop.loop.run({ type: 'changeExperiment', workflowId: deliveryId(PROJECT), input: held });
  expect(await routing()).toMatchObject({ experimentId: id, candidateWeightPercent: 1 });
  await change(`/api/experiments/${id}/weights`, { candidate_weight_percent: 60, reason: 'straight to users' });
  await expect.poll(async () => (await current()).state, WATCHED).toBe('running');
  await asked(50, { dealt: 'production' });
  await asked(40, { by: 'candidate', dealt: 'candidate' });
  await asked(20, { by: 'production', dealt: 'candidate' });
  const began = Date.now();
  await expect.poll(async () => (await routing()).candidateWeightPercent, WATCHED).toBe(0);
  expect(Date.now() - began).toBeLessThan(60_000);
  await expect.poll(async () => loop.experiments.current(PROJECT), WATCHED).toBeNull();
  expect(await loop.experiments.get(id)).toMatchObject({ state: 'stopped', outcome: 'emergency_stop' });
  expect((await loop.slots.get(PROJECT, 'candidate')).version).toBeNull();
  const decision = await loop.decisions.latest(PROJECT, id);
  expect(decision).toMatchObject({ verdict: 'harm', reason: expect.stringContaining('33.3 %') });
}, 120_000);

test('an experiment by hand has the model, the share and the metric that were asked for', async () => {
  const wish = {
    project: PROJECT,
    name: 'is CO1 quicker?',
    treatment: 'CO1',
    candidate_weight_percent: 10,
    success_metric: 'latency',
    policy: 'evidence',
    reason: 'a question',
  };
  const refused = await post('/api/experiments', { ...wish, control: 'BO1' });
  expect([refused.status, refused.body.message]).toEqual([409, 'the control is what users have now: BO2, not BO1']);
  expect((await post('/api/experiments', { ...wish, treatment: 'BO2' })).status).toBe(409);
  await change('/api/experiments', wish);
  await expect.poll(async () => (await loop.experiments.current(PROJECT))?.state, WATCHED).toBe('shadow');
  const { body } = await request.get(`/api/experiments/${(await current()).id}`);
  expect(body).toMatchObject({
    name: 'is CO1 quicker?',
    metric: 'latency',
    candidate_version: 'CO1',
    candidate_weight_percent: 10,
    traffic: { candidate_weight_percent: 0, shadow_percent: 100 },
    rule: { policy: 'evidence', ratingWeight: 0, latencyWeight: 1 },
  });
});

test('a promotion by hand asks a second person too, and who asked may take it back', async () => {
  const byHand = await request.put('/api/models/CO1/promote').send({ project: PROJECT, reason: 'it is quick' });
  expect(byHand.status).toBe(202);
  const waiting = async () => (await request.get(`/api/approvals?project=${PROJECT}&state=pending`)).body.items;
  await expect.poll(waiting, WATCHED).toMatchObject([{ requested_by: 'local', may_approve: false }]);
  const [{ id, experiment_id }] = await waiting();
  expect((await post(`/api/approvals/${id}/approve`, { reason: 'mine' })).status).toBe(409);
  expect((await post(`/api/approvals/${id}/reject`, { reason: 'a second thought' })).body.state).toBe('rejected');
  await expect.poll(async () => loop.experiments.current(PROJECT), WATCHED).toBeNull();
  expect(await loop.experiments.get(experiment_id)).toMatchObject({ state: 'decided', outcome: 'rejected' });
  expect((await loop.slots.get(PROJECT, 'production')).version).toBe('BO2');
});
