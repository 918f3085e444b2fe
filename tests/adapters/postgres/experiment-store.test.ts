import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExperimentStore } from '../../../activities/ports.js';
import { createExperimentStore } from '../../../adapters/postgres/experiment-store.js';
import { ConflictError } from '../../../core/errors.js';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import { summarizeUsers } from '../../../core/experiment/summarize-users.js';
import type { RatingCounts } from '../../../core/experiment/variant-summary.js';
import { createRandom } from '../../../core/stats/random.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

let database: TestDatabase;
let experiments: ExperimentStore;
beforeAll(async () => {
  database = await createTestDatabase();
  experiments = createExperimentStore(database.pool);
});
afterAll(() => database.drop());

let key = 0;
const cause = () => ({ reason: 'a test', actor: 'test', idempotencyKey: `cause ${key++}` });
const start = (id: number) => experiments.change(id, { type: 'warmed' }, cause());

const open = (project: string, idempotencyKey: string) =>
  experiments.open({
    project,
    productionVersion: 'BO1',
    candidateVersion: 'CO1',
    candidateWeightPercent: 20,
    rule: parseDecisionRule({}),
    expectedUsers: 1000,
    idempotencyKey,
  });

test('a project has one open experiment: a second is refused, a repeated opening is the same one', async () => {
  const first = await open('a', 'k1');
  expect((await open('a', 'k1')).id).toBe(first.id);
  await expect(open('a', 'k2')).rejects.toThrow(ConflictError);
  await experiments.end(first.id, 'decided', 'promote');
  expect((await open('a', 'k2')).id).not.toBe(first.id);
});

test('the clock starts once, and who came before it does not count', async () => {
  const { id } = await open('b', 'b1');
  await database.pool.query(
    "insert into experiment_users (experiment_id, variant, user_id, requests) values ($1, 'production', 'early', 3)",
    [id],
  );
  const started = await start(id);
  expect(started.state).toBe('running');
  expect((await experiments.summarize(id)).production.requests).toBe(0);
  await expect(start(id)).rejects.toThrow(ConflictError);
  expect((await experiments.get(id)).startedAt).toEqual(started.startedAt);
});

test('an ended experiment stays as it ended', async () => {
  const { id } = await open('c', 'c1');
  await experiments.end(id, 'decided', 'rollback');
  await experiments.end(id, 'expired', 'inconclusive');
  expect(await experiments.get(id)).toMatchObject({ state: 'decided', outcome: 'rollback' });
  expect(await experiments.current('c')).toBeNull();
});

test('Postgres sums up the same moments as the reference implementation over single users', async () => {
  const { id } = await open('d', 'd1');
  await start(id);
  const random = createRandom(7);
  const users = Array.from({ length: 300 }, (_, i) => {
    const ratings = Math.floor(random() * 4);
    const stars = Array.from({ length: ratings }, () => 1 + Math.floor(random() * 5));
    const requests = 1 + Math.floor(random() * 9);
    return {
      variant: random() < 0.2 ? ('candidate' as const) : ('production' as const),
      userKey: `u${i % 290}`, // some users are seen in both variants
      requests,
      latencyMsSum: requests * 20 * random(),
      latencyScoreSum: requests * random(),
      ratings,
      ratingSum: stars.reduce((sum, s) => sum + s, 0),
      ratingSquareSum: stars.reduce((sum, s) => sum + s * s, 0),
      errors: Math.floor(random() * 2),
      ratingCounts: [1, 2, 3, 4, 5].map((value) => stars.filter((s) => s === value).length) as unknown as RatingCounts,
    };
  });
  const rows = [...new Map(users.map((user) => [`${user.variant}/${user.userKey}`, user])).values()];
  for (const user of rows) {
    await database.pool.query(
      `insert into experiment_users (experiment_id, variant, user_id, requests, latency_ms_sum, latency_score_sum,
         ratings, rating_sum, rating_square_sum, errors, rating_counts) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
      [
        id,
        user.variant,
        user.userKey,
        user.requests,
        user.latencyMsSum,
        user.latencyScoreSum,
        user.ratings,
        user.ratingSum,
        user.ratingSquareSum,
        user.errors,
        user.ratingCounts,
      ],
    );
  }
  const stored = await experiments.summarize(id);
  const expected = summarizeUsers(rows);
  expect(stored.usersInBoth).toBe(expected.usersInBoth);
  for (const variant of ['production', 'candidate'] as const) {
    const { moments, ratingCounts, latencyP95Ms: _p95, ...sums } = expected[variant];
    expect(stored[variant].ratingCounts).toEqual(ratingCounts);
    for (const [name, value] of Object.entries(sums))
      expect(stored[variant][name as 'users'], name).toBeCloseTo(value, 8);
    for (const [name, value] of Object.entries(moments)) {
      expect(stored[variant].moments[name as 'rr'], name).toBeCloseTo(value, 6);
    }
  }
});
