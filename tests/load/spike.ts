import type { Options } from 'k6/options';
import { seconds, settings } from './lib/settings.ts';
import { summaryTrendStats } from './lib/summary.ts';
import { predictionThresholds } from './lib/thresholds.ts';
import { visit } from './lib/visitors.ts';

export { handleSummary } from './lib/summary.ts';
export { setup } from './lib/visitors.ts';
export default visit;

const { rate } = settings;
const limits = predictionThresholds({ p95: 1000, p99: 3000, errors: 0.02 });

/** Ten times the average within seconds. What counts is afterwards: as quick as before, with nothing failing. */
export const options: Options = {
  summaryTrendStats,
  scenarios: {
    spike: {
      executor: 'ramping-arrival-rate',
      startRate: rate,
      stages: [
        { target: rate, duration: seconds(30) },
        { target: rate * 10, duration: seconds(10) },
        { target: rate * 10, duration: seconds(30) },
        { target: rate, duration: seconds(10) },
      ],
      preAllocatedVUs: rate * 2,
      maxVUs: Math.max(300, rate * 20),
    },
    afterwards: {
      executor: 'constant-arrival-rate',
      startTime: seconds(110),
      rate,
      duration: seconds(60),
      preAllocatedVUs: Math.ceil(rate / 5),
      maxVUs: Math.max(100, rate * 2),
    },
  },
  thresholds: {
    ...limits,
    'prediction_duration{scenario:afterwards}': ['p(95)<100'],
    'prediction_failed{scenario:afterwards}': ['rate==0'],
  },
};
