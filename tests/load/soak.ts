import type { Options } from 'k6/options';
import { seconds, settings } from './lib/settings.ts';
import { summaryTrendStats } from './lib/summary.ts';
import { predictionThresholds, splitThresholds } from './lib/thresholds.ts';
import { visit } from './lib/visitors.ts';

export { handleSummary } from './lib/summary.ts';
export { setup } from './lib/visitors.ts';
export default visit;

const { rate, timeScale } = settings;
const HOURS = 4;

/** The average for hours: leaks, growing tables and full disks show themselves here. */
export const options: Options = {
  summaryTrendStats,
  scenarios: {
    soak: {
      executor: 'constant-arrival-rate',
      rate,
      duration: seconds(HOURS * 3600),
      preAllocatedVUs: Math.ceil(rate / 5),
      maxVUs: Math.max(100, rate * 2),
    },
  },
  thresholds: {
    ...predictionThresholds({ p95: 100, p99: 250, errors: 0.0005 }),
    ...splitThresholds(rate * HOURS * 3600 * timeScale),
  },
};
