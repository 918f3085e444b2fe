import type { Options } from 'k6/options';
import { seconds, settings } from './lib/settings.ts';
import { summaryTrendStats } from './lib/summary.ts';
import { predictionThresholds, splitThresholds } from './lib/thresholds.ts';
import { visit } from './lib/visitors.ts';

export { handleSummary } from './lib/summary.ts';
export { setup } from './lib/visitors.ts';
export default visit;

const { rate, timeScale } = settings;

/** An average day in ten minutes. */
export const options: Options = {
  summaryTrendStats,
  scenarios: {
    average: {
      executor: 'ramping-arrival-rate',
      startRate: 1,
      stages: [
        { target: rate, duration: seconds(60) },
        { target: rate, duration: seconds(480) },
        { target: 0, duration: seconds(60) },
      ],
      preAllocatedVUs: Math.ceil(rate / 5),
      maxVUs: Math.max(100, rate * 2),
    },
  },
  thresholds: {
    ...predictionThresholds({ p95: 100, p99: 250, errors: 0.001 }),
    ...splitThresholds(rate * 540 * timeScale),
  },
};
