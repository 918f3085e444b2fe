import type { Random } from '../../core/stats/random.js';
import type { HomeInput } from '../../projects/home-prices/home-row.js';
import { createHomeSeeker, type HomeSeeker, nextHome, rateEstimate } from './home-seeker.js';
import type { Tally, Variant } from './tally.js';

export interface PlayerOptions {
  /** Where predictions are asked for, for example http://127.0.0.1:7000. */
  readonly router: string;
  readonly users: number;
  /** Share of estimates that get stars, 0..1. */
  readonly ratingShare: number;
  readonly random: Random;
  readonly tally: Tally;
}

interface Estimate {
  readonly prediction_id: number;
  readonly estimated_price: number;
  readonly model_version: string;
  readonly variant: Variant;
}

/** @param homes what people ask about, at least one */
export function createPlayer(
  homes: readonly HomeInput[],
  { router, users, ratingShare, random, tally }: PlayerOptions,
) {
  const seekers = Array.from({ length: users }, (_, i) => createHomeSeeker(`visitor-${i + 1}`, ratingShare, random));

  async function post(path: string, seeker: HomeSeeker, body: unknown): Promise<Response> {
    return fetch(router + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user-id': seeker.userId },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
  }

  /** One person asks about one home, and perhaps rates the answer. */
  return async function play(): Promise<void> {
    const seeker = seekers[Math.floor(random() * seekers.length)]!;
    const home = nextHome(homes, random);
    const rates = random() < seeker.ratingShare;
    try {
      const started = performance.now();
      const answer = await post('/api/predict_home_price', seeker, home);
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
      const estimate = (await answer.json()) as Estimate;
      tally.answered(estimate.variant, estimate.model_version, performance.now() - started);
      if (!rates) return;
      const stars = rateEstimate(seeker, home, estimate.estimated_price, random);
      const feedback = { prediction_id: estimate.prediction_id, feedback_type: 'rating', feedback_value: stars };
      const thanks = await post('/api/feedback', seeker, feedback);
      if (!thanks.ok) throw new Error(`feedback answered ${thanks.status}`);
      tally.rated(estimate.variant, stars);
    } catch {
      tally.lost++; // shown in the view: the player goes on as real visitors would
    }
  };
}
