import type { Pool, PoolClient } from 'pg';
import { NotFoundError, UnavailableError } from '../../core/errors.js';
import { labelPoints } from '../../core/experiment/label-points.js';
import type { ModelProject } from '../../core/project.js';
import type { Slot } from '../../core/registry/version.js';
import { transaction } from './transaction.js';

/** What a person said about one prediction. */
export type Feedback =
  | { readonly type: 'rating'; readonly value: number }
  | { readonly type: 'accuracy'; readonly value: 'too_high' | 'fair' | 'too_low' | boolean }
  | { readonly type: 'actual_price'; readonly value: number }
  | { readonly type: 'actual_class'; readonly value: string }
  | { readonly type: 'comment'; readonly value: string };

export type FeedbackType = Feedback['type'];
export const feedbackTypes = [
  'rating',
  'accuracy',
  'actual_price',
  'actual_class',
  'comment',
] as const satisfies FeedbackType[];

export interface RecordedFeedback {
  readonly id: number;
  /** Whether it took the place of an earlier answer of the same type. */
  readonly replaced: boolean;
}

export interface FeedbackStore {
  /**
   * Stores feedback; one of the same type for the same prediction is replaced and kept as history. A rating also moves
   * its user's counts in the experiment, in the same transaction.
   * @throws {NotFoundError} when there is no such prediction
   * @throws {UnavailableError} when the prediction may still wait in an instance's spool
   */
  record(predictionId: number, feedback: Feedback): Promise<RecordedFeedback>;
  /**
   * Takes the answer of a type back: it stays as history and counts no more.
   * @returns whether there was one
   * @throws the same
   */
  withdraw(predictionId: number, type: FeedbackType): Promise<boolean>;
}

type Value = Feedback['value'];

interface RatedPrediction {
  readonly experiment_id: number | null;
  readonly user_id: string | null;
  readonly variant: Slot;
  readonly assigned_variant: Slot | null;
  readonly shadow: boolean;
  readonly prediction: number;
  /** Made before the clock of its experiment began, anew perhaps: under another split. */
  readonly early: boolean;
}

const STARS = [1, 2, 3, 4, 5];

/**
 * Moves the counts of a rating's user from what was said before to what is said now; null = nothing.
 *
 * @param stars whether the values are 1 to 5 stars, which are also counted one by one
 */
async function countRating(
  client: PoolClient,
  prediction: RatedPrediction,
  before: number | null,
  now: number | null,
  stars: boolean,
) {
  const { experiment_id, user_id, variant, assigned_variant, shadow, early } = prediction;
  const compared = assigned_variant === null || assigned_variant === variant;
  if (experiment_id === null || user_id === null || shadow || early || !compared) return;
  const moved = (of: (value: number) => number) => (now === null ? 0 : of(now)) - (before === null ? 0 : of(before));
  await client.query(
    `insert into experiment_users as u (experiment_id, variant, user_id, ratings, rating_sum, rating_square_sum, rating_counts)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (experiment_id, variant, user_id) do update set
       ratings = u.ratings + excluded.ratings,
       rating_sum = u.rating_sum + excluded.rating_sum,
       rating_square_sum = u.rating_square_sum + excluded.rating_square_sum,
       rating_counts = array(select a + b from unnest(u.rating_counts, excluded.rating_counts) as t (a, b))`,
    [
      experiment_id,
      variant,
      user_id,
      moved(() => 1),
      moved((value) => value),
      moved((value) => value ** 2),
      STARS.map((star) => (stars ? moved((value) => Number(value === star)) : 0)),
    ],
  );
}

async function explainMissing(client: PoolClient, project: string, predictionId: number): Promise<Error> {
  const { rowCount } = await client.query(
    "select 1 from instances where project = $1 and spooled > 0 and seen_at > now() - interval '1 hour' limit 1",
    [project],
  );
  return rowCount
    ? new UnavailableError('predictions are still being written after an outage: send the feedback again in a moment')
    : new NotFoundError(`there is no prediction ${predictionId}`);
}

/** Feedback on the predictions of one project. What counts in its experiments is what it is judged by. */
export function createFeedbackStore(
  pool: Pool,
  judged: Pick<ModelProject, 'name' | 'judgedBy' | 'task' | 'target'>,
): FeedbackStore {
  const { name: project, judgedBy = 'ratings' } = judged;
  const labelType = judged.task === 'classification' ? 'actual_class' : 'actual_price';

  /** The prediction, locked: one answer at a time speaks about it. */
  async function lock(client: PoolClient, predictionId: number): Promise<RatedPrediction> {
    const { rows } = await client.query<RatedPrediction>(
      `select p.experiment_id, p.user_id, p.variant, p.assigned_variant, p.shadow, p.prediction,
         coalesce(p.created_at < e.started_at, false) as early
       from predictions p left join experiments e on e.id = p.experiment_id
       where p.id = $1 and p.project = $2 for no key update of p`,
      [predictionId, project],
    );
    if (!rows[0]) throw await explainMissing(client, project, predictionId);
    return rows[0];
  }

  /** Makes the present answer of a type history. @returns its value; null when there was none */
  async function supersede(client: PoolClient, predictionId: number, type: FeedbackType): Promise<Value | null> {
    const { rows } = await client.query<{ value: Value }>(
      `update feedback set superseded_at = clock_timestamp()
       where prediction_id = $1 and type = $2 and superseded_at is null returning value`,
      [predictionId, type],
    );
    return rows[0]?.value ?? null;
  }

  async function count(
    client: PoolClient,
    prediction: RatedPrediction,
    type: FeedbackType,
    before: Value | null,
    now: Value | null,
  ): Promise<void> {
    if (type === 'rating' && judgedBy === 'ratings') {
      await countRating(client, prediction, before as number | null, now as number | null, true);
    }
    if (type === labelType && judgedBy === 'labels') {
      const points = (label: Value | null) =>
        label === null ? null : labelPoints(judged, prediction.prediction, label as string | number);
      await countRating(client, prediction, points(before), points(now), false);
    }
  }

  return {
    record: (predictionId, { type, value }) =>
      transaction(pool, async (client) => {
        const prediction = await lock(client, predictionId);
        const before = await supersede(client, predictionId, type);
        const inserted = await client.query<{ id: number }>(
          `insert into feedback (prediction_id, project, type, value, model_version, variant, prediction, input)
           select id, project, $2, $3, model_version, variant, prediction, input from predictions where id = $1
           returning id`,
          [predictionId, type, JSON.stringify(value)],
        );
        await count(client, prediction, type, before, value);
        return { id: inserted.rows[0]!.id, replaced: before !== null };
      }),

    withdraw: (predictionId, type) =>
      transaction(pool, async (client) => {
        const prediction = await lock(client, predictionId);
        const before = await supersede(client, predictionId, type);
        if (before !== null) await count(client, prediction, type, before, null);
        return before !== null;
      }),
  };
}
