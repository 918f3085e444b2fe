import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DecisionStore, ExperimentStore } from '../../../activities/ports.js';
import { createDecisionStore } from '../../../adapters/postgres/decision-store.js';
import { createExperimentStore } from '../../../adapters/postgres/experiment-store.js';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import { evaluateExperiment } from '../../../core/experiment/evaluate-experiment.js';
import { summarizeUsers } from '../../../core/experiment/summarize-users.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

let database: TestDatabase;
let decisions: DecisionStore;
let experiments: ExperimentStore;
beforeAll(async () => {
  database = await createTestDatabase();
  decisions = createDecisionStore(database.pool);
  experiments = createExperimentStore(database.pool);
});
afterAll(() => database.drop());

const rule = parseDecisionRule({});

async function experiment(project: string, key: string) {
  return experiments.open({
    project,
    productionVersion: 'BO1',
    candidateVersion: 'CO1',
    candidateWeightPercent: 20,
    rule,
    expectedUsers: 1000,
    idempotencyKey: key,
  });
}

const summary = summarizeUsers([]);
const decision = {
  ...evaluateExperiment(
    summary,
    {
      now: new Date('2026-01-01T01:00:00Z'),
      startedAt: new Date('2026-01-01T00:00:00Z'),
      expectedUsers: 1000,
      candidateWeightPercent: 20,
      previous: null,
      nextCandidateReady: false,
    },
    rule,
  ),
  summary,
};

test('a decision is recorded once for each run, with both verdicts and the counts', async () => {
  const { id } = await experiment('a', 'a1');
  const place = { project: 'a', experimentId: id, workflowId: 'w', runId: 'r', idempotencyKey: 'w/r/decision' };
  const first = await decisions.record(decision, place);
  const again = await decisions.record({ ...decision, verdict: 'promote' }, place);
  expect(again.id).toBe(first.id);
  expect(again.verdict).toBe('insufficient_data');
  expect((await decisions.latest('a', id))?.evaluation).toEqual(JSON.parse(JSON.stringify(decision)));
});

test('pages go back in time', async () => {
  const { id } = await experiment('b', 'b1');
  for (let i = 0; i < 5; i++) {
    await decisions.record(decision, {
      project: 'b',
      experimentId: id,
      workflowId: null,
      runId: null,
      idempotencyKey: `b${i}`,
    });
  }
  const first = await decisions.list({ project: 'b' }, { limit: 3 });
  const second = await decisions.list({ project: 'b' }, { limit: 3, beforeId: first.at(-1)?.id });
  expect([...first, ...second].map((d) => d.id)).toEqual(
    [...first, ...second].map((d) => d.id).toSorted((x, y) => y - x),
  );
  expect([first.length, second.length]).toEqual([3, 2]);
});

test('roll-backs are counted back to the last experiment that ended otherwise', async () => {
  const outcomes = ['rollback', 'promote', 'rollback', 'rollback'];
  for (const [i, outcome] of outcomes.entries()) {
    const { id } = await experiment('c', `c${i}`);
    await experiments.end(id, 'decided', outcome);
  }
  expect(await decisions.consecutiveRollbacks('c')).toBe(2);
  expect(await decisions.consecutiveRollbacks('nobody')).toBe(0);
});
