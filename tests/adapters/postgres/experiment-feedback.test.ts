import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExperimentStore } from '../../../activities/ports.js';
import { createExperimentStore } from '../../../adapters/postgres/experiment-store.js';
import { createFeedbackStore, type FeedbackStore } from '../../../adapters/postgres/feedback-store.js';
import { createPredictionStore, type PredictionStore } from '../../../adapters/postgres/prediction-log.js';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import type { SuccessMetric } from '../../../core/experiment/success-metric.js';
import { homePrices } from '../../../projects/home-prices/project.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

// Predictions and what people say of them, as the services write them, read by the experiment they belong to.

const PROJECT = homePrices.name;
let database: TestDatabase;
let experiments: ExperimentStore;
let predictions: PredictionStore;
let feedback: FeedbackStore;
beforeAll(async () => {
  database = await createTestDatabase();
  const { pool } = database;
  experiments = createExperimentStore(pool);
  predictions = createPredictionStore({ pool, project: PROJECT, latencyBudgetMs: 5000, timeoutMs: 5_000 });
  feedback = createFeedbackStore(pool, homePrices);
});
afterAll(() => database.drop());

let key = 0;
const cause = () => ({ reason: 'a test', actor: 'test', idempotencyKey: `cause ${key++}` });

async function begin(metric: SuccessMetric = 'score'): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>('select id from experiments where ended_at is null');
  if (rows[0]) await experiments.end(rows[0].id, 'stopped', 'stopped');
  const { id } = await experiments.open({
    project: PROJECT,
    productionVersion: 'BO1',
    candidateVersion: 'CO1',
    candidateWeightPercent: 20,
    rule: parseDecisionRule({}),
    expectedUsers: 1000,
    idempotencyKey: `experiment ${key++}`,
    metric,
  });
  await experiments.change(id, { type: 'warmed' }, cause());
  return id;
}

let nextId = 1000;
/** One answered prediction; `dealt` other than the one who answered is a failure of who it was dealt to. */
async function ask(
  experimentId: number,
  userId: string,
  dealt: 'production' | 'candidate',
  by = dealt,
  prediction = 50,
) {
  const id = ++nextId;
  await predictions.write([
    {
      id,
      modelVersion: by === 'candidate' ? 'CO1' : 'BO1',
      variant: by,
      assignedVariant: dealt,
      experimentId,
      userId,
      requestId: null,
      shadow: false,
      input: '{}',
      prediction,
      latencyMs: 100,
      createdAt: Date.now(),
    },
  ]);
  return id;
}

const rate = (id: number, value: number) => feedback.record(id, { type: 'rating', value });

test('a rating counts for the experiment of its prediction, also when another one runs by now', async () => {
  const first = await begin();
  const asked = await ask(first, 'u', 'candidate');
  const second = await begin();
  await rate(asked, 5);
  expect((await experiments.summarize(first)).candidate).toMatchObject({ ratings: 1, ratingSum: 5 });
  expect((await experiments.summarize(second)).candidate).toMatchObject({ ratings: 0, users: 0 });
});

test('a rating of a prediction made before the clock began anew counts for nobody', async () => {
  const id = await begin();
  const before = await ask(id, 'u', 'candidate');
  await experiments.change(id, { type: 'weights', weightPercent: 30 }, cause());
  const after = await ask(id, 'u', 'candidate');
  await rate(before, 1);
  await rate(after, 5);
  expect((await experiments.summarize(id)).candidate).toMatchObject({ users: 1, ratings: 1, ratingSum: 5 });
});

test('a user who rates three hundred predictions is one user, whose ratings all move one row', async () => {
  const id = await begin();
  for (let i = 0; i < 300; i++) await rate(await ask(id, 'fan', 'candidate'), 5);
  const { candidate } = await experiments.summarize(id);
  expect(candidate).toMatchObject({ users: 1, requests: 300, ratings: 300, ratingCounts: [0, 0, 0, 0, 300] });
  expect(candidate.moments.mm).toBe(300 * 300);
  expect(candidate.latencyP95Ms).toBeGreaterThan(98);
  expect(candidate.latencyP95Ms).toBeLessThan(102);
});

test('an experiment on errors reads answered requests as 1 and failed ones as 0', async () => {
  const id = await begin('error_rate');
  for (let i = 0; i < 10; i++) await ask(id, `p${i}`, 'production');
  for (let i = 0; i < 6; i++) await ask(id, `c${i}`, 'candidate');
  for (let i = 6; i < 8; i++) await ask(id, `c${i}`, 'candidate', 'production');
  const { production, candidate } = await experiments.summarize(id);
  expect(production).toMatchObject({ requests: 10, latencyScoreSum: 10, ratings: 0 });
  // 6 of 8 answered
  expect(candidate).toMatchObject({ users: 8, requests: 8, latencyScoreSum: 6, latencyMsSum: 10_000, errors: 0 });
});

test('an experiment on accuracy reads how near the actual prices were, on the scale of ratings', async () => {
  const id = await begin('accuracy');
  const told = (prediction: number, value: number) => feedback.record(prediction, { type: 'actual_price', value });
  await told(await ask(id, 'p', 'production', 'production', 80), 100); // 0.8
  await told(await ask(id, 'c', 'candidate', 'candidate', 90), 100); // 0.9
  await told(await ask(id, 'c', 'candidate', 'candidate', 300), 100); // off by more than all of it: 0
  await rate(await ask(id, 'c', 'candidate'), 1); // stars do not count here
  const { production, candidate } = await experiments.summarize(id);
  expect(production.ratingSum).toBeCloseTo(5 * 0.8, 10);
  expect(candidate).toMatchObject({ users: 1, ratings: 2, ratingCounts: null });
  expect(candidate.ratingSum).toBeCloseTo(5 * 0.9, 10);
  expect(candidate.ratingSquareSum).toBeCloseTo(25 * 0.81, 10);
});
