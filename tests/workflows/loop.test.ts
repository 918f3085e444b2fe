import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliveryId, trainingId } from '../../core/loop/workflow-ids.js';
import { type LoopStep, loopWorkflow } from '../../core/loop/workflow-start.js';
import { artifactPrefix } from '../../core/registry/version.js';
import { homePrices } from '../../projects/home-prices/project.js';
import type { EvaluateExperimentResult } from '../../workflows/evaluate-experiment.js';
import type { MonitorDriftResult } from '../../workflows/monitor-drift.js';
import type { TrainCandidateResult } from '../../workflows/train-candidate.js';
import { createLoop } from '../support/loop.js';

// The loop on a real Temporal server, Postgres, S3 and real prediction services; one story, told in order.

const PROJECT = 'home-prices';
let loop: Awaited<ReturnType<typeof createLoop>>;
let worker: { stop(): Promise<void> };
beforeAll(async () => {
  loop = await createLoop();
  worker = await loop.startWorker();
  await loop.startInference('production');
  await loop.startInference('candidate');
}, 120_000);
afterAll(async () => {
  await worker?.stop();
  await loop?.stop();
}, 60_000);

async function run<T>(step: LoopStep): Promise<T> {
  return (await loop.loop.run(loopWorkflow(step, PROJECT, 'test', new Date()))) as T;
}

/** People of the open experiment, as the prediction log counts them: the same number of requests and ratings each. */
async function people(variant: 'production' | 'candidate', count: number, stars: number): Promise<void> {
  const experiment = await loop.experiments.current(PROJECT);
  await loop.pool.query(
    `insert into experiment_users (experiment_id, variant, user_id, requests, latency_ms_sum, latency_score_sum, ratings, rating_sum, rating_square_sum)
     select $1, $2, $2 || '-' || i, 2, 20, 2 * 0.998, 1, $4::float8, $4::float8 * $4::float8 from generate_series(1, $3::int) i`,
    [experiment?.id, variant, count, stars],
  );
}

/** What an activity failed with: its type is the error's code. */
async function failureOf(workflow: Promise<unknown>): Promise<ApplicationFailure> {
  let error: unknown = await workflow.then(
    () => new Error('it did not fail'),
    (failure: Error) => failure,
  );
  while (error instanceof Error && !(error instanceof ApplicationFailure)) error = error.cause;
  return error as ApplicationFailure;
}

const states = async () =>
  Object.fromEntries((await loop.registry.list(PROJECT, { limit: 50 })).map((model) => [model.version, model.state]));
const served = async (slot: 'production' | 'candidate') =>
  (await loop.slots.instances(PROJECT, slot, 10_000))[0]?.version;

test('before the first model nothing is compared and no drift is measured', async () => {
  expect(await run<EvaluateExperimentResult>('evaluate')).toMatchObject({
    verdict: 'no_experiment',
    effect: 'nothing to do',
  });
  expect(await run<MonitorDriftResult>('drift')).toMatchObject({ verdict: 'no_model', retrainingStarted: false });
});

test('the first training puts BO1 into production, and says so when the service serves it', async () => {
  const result = await run<TrainCandidateResult>('train');
  expect(result).toMatchObject({ outcome: 'deployed', version: 'BO1', slot: 'production', experimentId: null });
  expect(result.metrics.r2).toBeGreaterThan(0.5);
  expect(await served('production')).toBe('BO1');
  expect(await states()).toEqual({ BO1: 'production' });
  const keys = await loop.objects.list(artifactPrefix('price_check', 'BO1'));
  expect(keys.map((key) => key.split('/')[1]).toSorted()).toEqual([
    'forest.bin',
    'manifest.json',
    'model.json',
    'model.onnx',
    'reference.json',
  ]);
});

test('the second training puts CO1 beside it and starts the experiment', async () => {
  const result = await run<TrainCandidateResult>('train');
  expect(result).toMatchObject({ outcome: 'deployed', version: 'CO1', slot: 'candidate', datasetNumber: 2 });
  expect(await served('candidate')).toBe('CO1');
  expect(await loop.experiments.current(PROJECT)).toMatchObject({
    state: 'running',
    candidateVersion: 'CO1',
    productionVersion: 'BO1',
  });
});

test('on too little data nothing happens', async () => {
  await people('production', 24, 3);
  await people('candidate', 24, 5);
  expect(await run<EvaluateExperimentResult>('evaluate')).toMatchObject({
    verdict: 'insufficient_data',
    action: 'none',
  });
  expect(await served('production')).toBe('BO1');
});

test('a candidate within the lines goes on', async () => {
  await loop.pool.query('delete from experiment_users');
  await people('production', 60, 4);
  await people('candidate', 60, 4);
  expect(await run<EvaluateExperimentResult>('evaluate')).toMatchObject({
    verdict: 'continue_testing',
    effect: 'the experiment goes on',
  });
});

test('a better candidate becomes BO2: copied, served, recorded, the experiment closed', async () => {
  await loop.pool.query('delete from experiment_users');
  await people('production', 60, 3);
  await people('candidate', 60, 5);
  const result = await run<EvaluateExperimentResult>('evaluate');
  expect(result).toMatchObject({ verdict: 'promote', ruleVerdict: 'promote', effect: 'CO1 is in production as BO2' });
  expect(await served('production')).toBe('BO2');
  expect(await served('candidate')).toBeNull();
  expect(await states()).toMatchObject({ BO1: 'retired', BO2: 'production', CO1: 'retired' });
  expect(await loop.experiments.current(PROJECT)).toBeNull();
  const { rows } = await loop.pool.query("select action, subject, workflow_id from audit where action = 'promote'");
  expect(rows).toEqual([{ action: 'promote', subject: 'BO2', workflow_id: deliveryId(PROJECT) }]);
  const copy = await loop.artifacts.readFile('price_check_BO2/', 'forest.bin');
  expect(Buffer.compare(copy, await loop.artifacts.readFile('price_check_CO1/', 'forest.bin'))).toBe(0);
});

test('a bad candidate is deleted and the next training starts with another seed', async () => {
  await run<TrainCandidateResult>('train');
  await people('production', 60, 5);
  await people('candidate', 60, 1);
  const result = await run<EvaluateExperimentResult>('evaluate');
  expect(result).toMatchObject({ verdict: 'rollback', effect: 'CO2 was removed; retraining in 0 h' });
  expect(await loop.objects.list('price_check_CO2/')).toEqual([]);
  expect(await states()).toMatchObject({ CO2: 'deleted', BO2: 'production' });
  const retrained = (await loop.client.workflow.getHandle(trainingId(PROJECT)).result()) as TrainCandidateResult;
  expect(retrained).toMatchObject({ outcome: 'deployed', version: 'CO3' });
  const { lineage } = await loop.registry.get(PROJECT, 'CO3');
  expect(lineage.randomState).toBe(2);
});

test('a newer candidate takes the place of one that has not won: inconclusive, kept', async () => {
  const result = await run<TrainCandidateResult>('train');
  expect(result.version).toBe('CO4');
  const [, previous] = await loop.experiments.list(PROJECT, { limit: 2 });
  expect(previous).toMatchObject({ candidateVersion: 'CO3', state: 'expired', outcome: 'inconclusive' });
  expect(await loop.objects.list('price_check_CO3/')).toHaveLength(5);
});

test('a model that fails its gates is rejected with the reasons and never deployed', async () => {
  const truth = loop.rawData.text;
  const [header, ...lines] = truth.trimEnd().split(/\r?\n/);
  const cut = lines.map((line) => line.lastIndexOf(','));
  // every home gets its neighbour's price in the file: nothing is left to learn
  const shuffled = lines.map(
    (line, i) =>
      line.slice(0, cut[i]! + 1) + lines[(i + 977) % lines.length]!.slice(cut[(i + 977) % lines.length]! + 1),
  );
  loop.rawData.text = [header, ...shuffled].join('\n');
  const result = await run<TrainCandidateResult>('train');
  loop.rawData.text = truth;
  expect(result.outcome).toBe('rejected');
  expect(result.reasons.join()).toMatch(/hold-out R² is .*, at least 0.5 is needed/);
  expect(await states()).toMatchObject({ CO5: 'rejected', CO4: 'candidate' });
  expect(await served('candidate')).toBe('CO4');
});

test('a file that is not of the raw format stops the training with its reason; production is untouched', async () => {
  const truth = loop.rawData.text;
  loop.rawData.text = 'a,b\n1,2\n';
  const failure = await failureOf(run('train'));
  loop.rawData.text = truth;
  expect(failure.type).toBe('DATASET_INVALID');
  const [latest] = await loop.runs.list(PROJECT, { limit: 1 });
  expect(latest).toMatchObject({ status: 'failed', error: expect.stringContaining('column') });
  expect(await served('production')).toBe('BO2');
});

test('reported prices become training rows of the next snapshot', async () => {
  const [row] = homePrices.dataset.clean(loop.rawData.text).rows;
  const { price, source: _source, ...input } = row as Record<string, unknown>;
  const reported = Number(price) + 0.125;
  await loop.pool.query(
    `insert into feedback (prediction_id, project, type, value, model_version, variant, prediction, input)
     values (1, $1, 'actual_price', $3, 'BO2', 'production', 80, $2)`,
    [PROJECT, input, String(reported)],
  );
  const { datasetNumber } = await run<TrainCandidateResult>('train');
  const after = await loop.datasets.latest(PROJECT);
  expect(datasetNumber).toBe(after?.number);
  expect(after?.profile.feedbackRows).toBe(1);
  expect(after?.feedbackThrough).toBeGreaterThan(0);
  const csv = new TextDecoder().decode(await loop.objects.get(after?.key ?? ''));
  expect(csv).toContain(`${reported},"feedback"`);
});

test('a version that no instance can load never becomes production', async () => {
  const candidate = (await loop.slots.get(PROJECT, 'candidate')).version ?? '';
  const prefix = artifactPrefix('price_check', 'BO9');
  await loop.pool.query(
    `insert into model_versions (project, version, kind, number, state, artifact_prefix, idempotency_key)
     values ($1, 'BO9', 'BO', 9, 'staged', $2, 'planted')`,
    [PROJECT, prefix],
  );
  for (const key of await loop.objects.list(artifactPrefix('price_check', candidate))) {
    await loop.objects.copy(key, prefix + key.split('/')[1]);
  }
  await loop.objects.put(`${prefix}forest.bin`, new Uint8Array(100));
  const input = { project: PROJECT, slot: 'production', version: 'BO9', reason: 'planted', actor: 'test' };
  const failure = await failureOf(loop.loop.run({ type: 'deploy', workflowId: deliveryId(PROJECT), input }));
  expect(failure.type).toBe('ARTIFACT_INVALID');
  expect(await served('production')).toBe('BO2');
  const { rows } = await loop.pool.query(
    "select version from deployments where slot = 'production' and ended_at is null",
  );
  expect(rows).toEqual([{ version: 'BO2' }]);
});

test('while one delivery runs a second is refused, not queued behind it', async () => {
  const input = { project: PROJECT, slot: 'production', version: 'BO1', reason: 'back', actor: 'test' };
  const start = { type: 'deploy', workflowId: deliveryId(PROJECT), input };
  const first = await loop.loop.start(start);
  await expect(loop.loop.start(start)).rejects.toThrow(`${deliveryId(PROJECT)} is running already`);
  await first.result();
  expect(await served('production')).toBe('BO1');
});

test('a training can be cancelled: no version is left half deployed', async () => {
  const before = await states();
  const read = loop.rawData.read;
  loop.rawData.read = async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return read();
  };
  const handle = await loop.loop.start(loopWorkflow('train', PROJECT, 'test', new Date()));
  await expect.poll(() => handle.query('progress')).toMatchObject({ step: 'snapshot' });
  await loop.loop.cancel(handle.workflowId);
  await expect(handle.result()).rejects.toThrow('Workflow execution cancelled');
  const [latest] = await loop.runs.list(PROJECT, { limit: 1 });
  expect(latest?.status).toBe('cancelled');
  expect(await states()).toEqual(before);
  loop.rawData.read = read;
});

test('predictions of the day are compared with what production was trained on', async () => {
  const [instance] = await loop.slots.instances(PROJECT, 'production', 10_000);
  for (let i = 0; i < 120; i++) {
    const answer = await fetch(`http://${instance?.address}/api/predict_home_price`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ total_sqft: 9_000 + i, location: 'Whitefield', bhk: 9, bath: 9 }),
    });
    expect(answer.status).toBe(200);
  }
  const result = await run<MonitorDriftResult>('drift');
  expect(result).toMatchObject({
    verdict: 'drift',
    modelVersion: 'BO1',
    overallDriftDetected: true,
    modelDriftAlert: true,
  });
  expect(result.rows).toBe(120);
  const [stored] = await loop.driftReports.list(PROJECT, { limit: 1 });
  expect(stored?.id).toBe(result.reportId);
});
