import { RATING_MAX } from '../../core/experiment/variant-summary.js';
import { normalQuantile } from '../../core/stats/standard-normal.js';
import { LATENCY, RATING_SHARES } from './scenarios.js';

const mean = (shares: readonly number[]) => shares.reduce((sum, share, i) => sum + share * (i + 1), 0);

/** The same shares leaning up or down by exp(lean · rating). */
function tilted(lean: number): number[] {
  const raw = RATING_SHARES.map((share, i) => share * Math.exp(lean * (i + 1)));
  const total = raw.reduce((a, b) => a + b);
  return raw.map((share) => share / total);
}

/** Shares of ratings 1..5 whose score is production's times (1 + effect), latency being the same. */
function sharesFor(effect: number): number[] {
  const latencyScore = 1 - (LATENCY.medianMs * Math.exp(LATENCY.logDeviation ** 2 / 2)) / 5000;
  const target = (1 + effect) * ((0.7 / RATING_MAX) * mean(RATING_SHARES) + 0.3 * latencyScore);
  const wanted = (target - 0.3 * latencyScore) / (0.7 / RATING_MAX);
  let [low, high] = [-5, 5];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (mean(tilted(middle)) < wanted) low = middle;
    else high = middle;
  }
  return tilted(low);
}

/** Where a standard normal opinion is cut into 1, 2, 3, 4, 5: four rising bounds. */
export function ratingBounds(effect: number): number[] {
  const shares = sharesFor(effect);
  return [1, 2, 3, 4].map((value) => normalQuantile(shares.slice(0, value).reduce((sum, share) => sum + share, 0)));
}
