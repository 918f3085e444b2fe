import type { Options } from 'k6/options';
import { seconds, settings } from './lib/settings.ts';
import { summaryTrendStats } from './lib/summary.ts';
import { predictionThresholds, splitThresholds } from './lib/thresholds.ts';
import { visit } from './lib/visitors.ts';

export { handleSummary } from './lib/summary.ts';
export { setup } from './lib/visitors.ts';
export default visit;

const rate = Math.min(20, settings.rate);

/** Half a minute of light traffic: does it work at all, and is anything far off? */
export const options: Options = {
  summaryTrendStats,
  scenarios: {
    smoke: { executor: 'constant-arrival-rate', rate, duration: seconds(30), preAllocatedVUs: 5, maxVUs: 50 },
  },
  thresholds: {
    ...predictionThresholds({ p95: 250, p99: 500, errors: 0 }),
    ...splitThresholds(rate * 30 * settings.timeScale),
  },
};
