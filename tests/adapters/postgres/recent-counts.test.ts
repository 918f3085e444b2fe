import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Experiment, ExperimentStore } from '../../../activities/ports.js';
import { createExperimentStore } from '../../../adapters/postgres/experiment-store.js';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

let database: TestDatabase;
let experiments: ExperimentStore;
let experiment: Experiment;
beforeAll(async () => {
  database = await createTestDatabase();
  experiments = createExperimentStore(database.pool);
  experiment = await experiments.open({
    project: 'a',
    productionVersion: 'BO1',
    candidateVersion: 'CO1',
    candidateWeightPercent: 20,
    rule: parseDecisionRule({}),
    expectedUsers: 1000,
    idempotencyKey: 'k',
    path: { shadow: { percent: 100, minRequests: 5 }, ramp: [] },
  });
});
afterAll(() => database.drop());

interface Asked {
  readonly version: string;
  readonly variant: string;
  readonly dealt: string | null;
  readonly secondsAgo: number;
  readonly ms?: number;
  readonly shadow?: boolean;
  readonly experimentId?: number;
}

async function asked(
  count: number,
  { version, variant, dealt, secondsAgo, ms = 20, shadow = false, experimentId }: Asked,
) {
  await database.pool.query(
    `insert into predictions (id, project, model_version, variant, assigned_variant, experiment_id, user_id, shadow, input, prediction, latency_ms, created_at)
     select nextval('prediction_id_blocks'), 'a', $1, $2, $3, $4, 'u' || i, $5, '{}', 50, $6, now() - make_interval(secs => $7)
     from generate_series(1, $8::int) i`,
    [version, variant, dealt, experimentId ?? experiment.id, shadow, ms, secondsAgo, count],
  );
}

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

test('a request dealt to the candidate and answered by production is a failure of the candidate', async () => {
  await asked(30, { version: 'BO1', variant: 'production', dealt: 'production', secondsAgo: 10 });
  await asked(10, { version: 'CO1', variant: 'candidate', dealt: 'candidate', secondsAgo: 10, ms: 300 });
  await asked(5, { version: 'BO1', variant: 'production', dealt: 'candidate', secondsAgo: 10, ms: 900 });
  // neither an hour ago nor another experiment's
  await asked(7, { version: 'CO1', variant: 'candidate', dealt: 'candidate', secondsAgo: 3600 });
  await asked(7, { version: 'CO1', variant: 'candidate', dealt: 'candidate', secondsAgo: 10, experimentId: 99 });
  expect(await experiments.recent({ ...experiment, state: 'running' }, ago(120))).toEqual({
    production: { requests: 30, errors: 0, latencyP95Ms: 20 },
    candidate: { requests: 10, errors: 5, latencyP95Ms: 300 },
  });
});

test('in the shadow a copy without an answer is a failure', async () => {
  const shadow: Experiment = { ...experiment, state: 'shadow', candidateVersion: 'CO7' };
  await asked(12, { version: 'CO7', variant: 'candidate', dealt: null, secondsAgo: 10, shadow: true, ms: 50 });
  const counts = await experiments.recent(shadow, ago(120));
  // 30 + 5 requests of production were copied, 12 of the copies answered
  expect(counts.candidate).toEqual({ requests: 12, errors: 23, latencyP95Ms: 50 });
  expect(await experiments.shadowRequests(shadow, ago(120), 5)).toBe(5);
  expect(await experiments.shadowRequests(shadow, ago(120), 50)).toBe(12);
});

test('where a tenth is copied, a few copies less than a tenth are chance', async () => {
  const shadow: Experiment = {
    ...experiment,
    state: 'shadow',
    candidateVersion: 'CO8',
    path: { shadow: { percent: 10, minRequests: 5 }, ramp: [] },
  };
  await asked(1, { version: 'CO8', variant: 'candidate', dealt: null, secondsAgo: 10, shadow: true });
  expect((await experiments.recent(shadow, ago(120))).candidate.errors).toBe(0);
});
