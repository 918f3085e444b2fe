import type { Pool } from 'pg';
import type { AbTest, AbTestStore } from '../../activities/ports.js';
import { ConflictError, NotFoundError } from '../../core/errors.js';
import type { AbTestLook, Treatment } from '../../core/experiment/ab-test.js';
import type { DecisionRule } from '../../core/experiment/decision-rule.js';
import type { SuccessMetric } from '../../core/experiment/success-metric.js';
import { plainArray, textArray } from './array-literal.js';
import { type MomentsRow, momentsOf, toSummary } from './moments.js';
import { transaction } from './transaction.js';

export interface AbTestRow {
  id: number;
  project: string;
  name: string;
  metric: SuccessMetric;
  rule: DecisionRule;
  control: string;
  treatments: Treatment[];
  expected_users: number;
  state: AbTest['state'];
  winner: string | null;
  reason: string | null;
  created_by: string;
  started_at: Date;
  ended_at: Date | null;
}

export function toAbTest(row: AbTestRow): AbTest {
  const { expected_users, created_by, started_at, ended_at, ...same } = row;
  return {
    ...same,
    expectedUsers: expected_users,
    createdBy: created_by,
    startedAt: started_at,
    endedAt: ended_at,
  };
}

const COUNT = `
  insert into ab_test_users as u (ab_test_id, variant, user_id, requests, latency_ms_sum, latency_score_sum, ratings, rating_sum,
    rating_square_sum, accuracies, accuracy_sum, accuracy_square_sum, errors)
  select $1, variant, user_id, count(*) filter (where asked and not failed), coalesce(sum(ms) filter (where not failed), 0),
    coalesce(sum(greatest(0, ($9::float8 - coalesce(ms, 0)) / $9)) filter (where asked and not failed), 0), count(rating),
    coalesce(sum(rating), 0), coalesce(sum(rating * rating), 0), count(accuracy), coalesce(sum(accuracy), 0),
    coalesce(sum(accuracy * accuracy), 0), count(*) filter (where failed)
  from unnest($2::text[], $3::text[], $4::float8[], $5::boolean[], $6::float8[], $7::float8[], $8::boolean[])
    as t (variant, user_id, ms, failed, rating, accuracy, asked)
  group by variant, user_id order by variant, user_id
  on conflict (ab_test_id, variant, user_id) do update set
    requests = u.requests + excluded.requests, latency_ms_sum = u.latency_ms_sum + excluded.latency_ms_sum,
    latency_score_sum = u.latency_score_sum + excluded.latency_score_sum, ratings = u.ratings + excluded.ratings,
    rating_sum = u.rating_sum + excluded.rating_sum, rating_square_sum = u.rating_square_sum + excluded.rating_square_sum,
    accuracies = u.accuracies + excluded.accuracies, accuracy_sum = u.accuracy_sum + excluded.accuracy_sum,
    accuracy_square_sum = u.accuracy_square_sum + excluded.accuracy_square_sum, errors = u.errors + excluded.errors`;

/** The rows of a metric, as core/experiment/success-metric.ts puts it in the place that the policies read. */
function usersFor(metric: SuccessMetric): string {
  if (metric === 'accuracy') {
    return `select variant, user_id, requests, latency_ms_sum, latency_score_sum, accuracies as ratings,
      5 * accuracy_sum as rating_sum, 25 * accuracy_square_sum as rating_square_sum, null::integer[] as rating_counts, errors
      from ab_test_users where ab_test_id = $1`;
  }
  if (metric === 'error_rate') {
    return `select variant, user_id, requests + errors as requests, 0::float8 as latency_ms_sum,
      requests::float8 as latency_score_sum, 0 as ratings, 0::float8 as rating_sum, 0::float8 as rating_square_sum,
      null::integer[] as rating_counts, 0 as errors from ab_test_users where ab_test_id = $1`;
  }
  return 'select *, null::integer[] as rating_counts from ab_test_users where ab_test_id = $1';
}

const IN_BOTH = `
  select t.variant, count(*)::float8 as users from ab_test_users t join ab_test_users c using (ab_test_id, user_id)
  where ab_test_id = $1 and c.variant = $2 and t.variant <> $2 and t.requests > 0 and c.requests > 0 group by 1`;

export function createAbTestStore(pool: Pool): AbTestStore {
  async function get(id: number): Promise<AbTest> {
    const { rows } = await pool.query<AbTestRow>('select * from ab_tests where id = $1', [id]);
    if (!rows[0]) throw new NotFoundError(`there is no A/B test ${id}`);
    return toAbTest(rows[0]);
  }

  return {
    get,

    async open(test) {
      const { rows } = await pool.query<AbTestRow>(
        `insert into ab_tests (project, name, metric, rule, control, treatments, expected_users, created_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning *`,
        [
          test.project,
          test.name,
          test.metric,
          test.rule,
          test.control,
          JSON.stringify(test.treatments),
          test.expectedUsers,
          test.createdBy,
        ],
      );
      if (!rows[0]) throw new ConflictError(`${test.project} has an open A/B test "${test.name}" already`);
      return toAbTest(rows[0]);
    },

    async running(project) {
      const { rows } = await pool.query<AbTestRow>(
        'select * from ab_tests where project = $1 and ended_at is null order by id',
        [project],
      );
      return rows.map(toAbTest);
    },

    async observe(id, latencyBudgetMs, all) {
      await pool.query(COUNT, [
        id,
        textArray(all.map((one) => one.variant)),
        textArray(all.map((one) => one.userId)),
        plainArray(all.map((one) => one.latencyMs)),
        plainArray(all.map((one) => one.failed)),
        plainArray(all.map((one) => one.rating)),
        plainArray(all.map((one) => one.accuracy)),
        plainArray(all.map((one) => one.latencyMs !== null || one.failed)),
        latencyBudgetMs,
      ]);
    },

    async read({ id, metric, control, treatments }) {
      const [sums, inBoth, last] = await Promise.all([
        pool.query<MomentsRow>(momentsOf(usersFor(metric)), [id]),
        pool.query<{ variant: string; users: number }>(IN_BOTH, [id, control]),
        pool.query<{ decisions: AbTestLook['decisions'] }>(
          'select decisions from ab_test_looks where ab_test_id = $1 order by id desc limit 1',
          [id],
        ),
      ]);
      const names = [control, ...treatments.map(({ name }) => name)];
      const summaryOf = (name: string) =>
        toSummary(
          sums.rows.find((row) => row.variant === name),
          { latencyP95Ms: null, countsByStar: false },
        );
      const before = last.rows[0]?.decisions ?? [];
      return {
        counts: {
          variants: Object.fromEntries(names.map((name) => [name, summaryOf(name)])),
          usersInBoth: Object.fromEntries(inBoth.rows.map(({ variant, users }) => [variant, users])),
        },
        previous: Object.fromEntries(before.map(({ name, decision }) => [name, decision.evidence.running])),
      };
    },

    async recordLook(id, look, idempotencyKey) {
      await transaction(pool, async (client) => {
        const { rowCount } = await client.query(
          `insert into ab_test_looks (ab_test_id, winner, decisions, idempotency_key) values ($1, $2, $3, $4)
           on conflict do nothing`,
          [id, look.winner, JSON.stringify(look.decisions), idempotencyKey],
        );
        if (!rowCount || look.ending === null) return;
        await client.query(
          'update ab_tests set state = $2, winner = $3, reason = $4, ended_at = now() where id = $1 and ended_at is null',
          [id, look.ending.state, look.winner, look.ending.reason],
        );
      });
    },

    async stop(id, reason) {
      await pool.query(
        "update ab_tests set state = 'stopped', reason = $2, ended_at = now() where id = $1 and ended_at is null",
        [id, reason],
      );
      return get(id);
    },
  };
}
