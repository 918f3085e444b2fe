import type { Options } from 'k6/options';
import { seconds, settings } from './lib/settings.ts';
import { summaryTrendStats } from './lib/summary.ts';
import { predictionThresholds, splitThresholds } from './lib/thresholds.ts';
import { visit } from './lib/visitors.ts';

export { handleSummary } from './lib/summary.ts';
export { setup } from './lib/visitors.ts';
export default visit;

const { rate, timeScale } = settings;

/** Four times the average, held: slower is allowed, failing is not. */
export const options: Options = {
  summaryTrendStats,
  scenarios: {
    stress: {
      executor: 'ramping-arrival-rate',
      startRate: rate,
      stages: [
        { target: rate * 4, duration: seconds(120) },
        { target: rate * 4, duration: seconds(300) },
        { target: rate, duration: seconds(60) },
      ],
      preAllocatedVUs: rate,
      maxVUs: Math.max(200, rate * 8),
    },
  },
  thresholds: {
    ...predictionThresholds({ p95: 300, p99: 1000, errors: 0.005 }),
    ...splitThresholds(rate * 1650 * timeScale),
  },
};
