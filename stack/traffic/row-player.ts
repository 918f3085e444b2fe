import type { ModelProject } from '../../core/project.js';
import type { Random } from '../../core/stats/random.js';
import type { AskedRow } from './asked-rows.js';
import type { PlayerOptions } from './player.js';
import type { Variant } from './tally.js';

interface Answer {
  readonly prediction_id: number;
  readonly prediction: number;
  readonly class?: string;
  readonly model_version: string;
  readonly variant: Variant;
}

interface Reply {
  readonly type: 'rating' | 'actual_class' | 'actual_price';
  readonly value: number | string;
  /** On the scale of stars. */
  readonly points: number;
}

/** What a visitor says once the truth is known: stars by how near the answer was, or the truth itself. */
export function replyTo(
  { task, judgedBy }: Pick<ModelProject, 'task' | 'judgedBy'>,
  answer: Pick<Answer, 'prediction' | 'class'>,
  actual: AskedRow['actual'],
): Reply {
  if (task === 'classification') {
    const points = answer.class === String(actual) ? 5 : 0;
    if (judgedBy === 'labels') return { type: 'actual_class', value: String(actual), points };
    return { type: 'rating', value: points || 1, points: points || 1 };
  }
  const error = Math.abs(answer.prediction - Number(actual)) / Math.max(Math.abs(Number(actual)), 1e-9);
  const points = 5 * Math.max(0, 1 - error);
  if (judgedBy === 'labels' && Number(actual) > 0) return { type: 'actual_price', value: Number(actual), points };
  const stars = Math.min(5, Math.max(1, Math.round(5 - 7.5 * error)));
  return { type: 'rating', value: stars, points: stars };
}

/** Visitors who ask about rows of a project's own data, and tell how right the answers were. */
export function createRowPlayer(
  project: ModelProject,
  rows: readonly AskedRow[],
  { router, users, ratingShare, random, tally }: PlayerOptions,
) {
  const pick = <T>(items: readonly T[], draw: Random): T => items[Math.floor(draw() * items.length)]!;

  async function post(path: string, user: string, body: unknown): Promise<Response> {
    const response = await fetch(router + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user-id': user },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response;
  }

  return async function play(): Promise<void> {
    const user = `visitor-${1 + Math.floor(random() * users)}`;
    const { input, actual } = pick(rows, random);
    const says = random() < ratingShare;
    try {
      const started = performance.now();
      const answer = (await (await post('/api/predict', user, { features: input })).json()) as Answer;
      tally.answered(answer.variant, answer.model_version, performance.now() - started);
      if (!says) return;
      const { type, value, points } = replyTo(project, answer, actual);
      const feedback = { prediction_id: answer.prediction_id, feedback_type: type, feedback_value: value };
      await post('/api/feedback', user, feedback);
      tally.rated(answer.variant, points);
    } catch {
      tally.lost++; // shown in the view: the player goes on as real visitors would
    }
  };
}
