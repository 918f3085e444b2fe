import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { predict, rate as rateEstimate } from './lib/api.ts';
import { seconds, settings } from './lib/settings.ts';
import { summaryTrendStats } from './lib/summary.ts';
import { predictionThresholds, splitThresholds } from './lib/thresholds.ts';
import type { SetupData } from './lib/visitors.ts';

export { handleSummary } from './lib/summary.ts';
export { setup } from './lib/visitors.ts';

const { rate, timeScale } = settings;

/** Users who ask, rate, and change their mind: every rating is acknowledged, and none disturbs the predictions. */
export const options: Options = {
  summaryTrendStats,
  scenarios: {
    feedback: {
      executor: 'constant-arrival-rate',
      rate,
      duration: seconds(120),
      preAllocatedVUs: Math.ceil(rate / 5),
      maxVUs: Math.max(100, rate * 2),
    },
  },
  thresholds: {
    ...predictionThresholds({ p95: 150, p99: 400, errors: 0.001 }),
    ...splitThresholds(rate * 120 * timeScale),
    feedback_duration: ['p(95)<200', 'p(99)<500'],
    feedback_failed: ['rate==0'],
  },
};

export default function askAndRate({ locations, run }: SetupData): void {
  const user = `load-${run}-${exec.scenario.iterationInTest}`;
  const prediction = predict(user, locations);
  if (!prediction) return;
  // the same stars from everybody: this measures the path of a rating and must not favour a variant
  rateEstimate(user, prediction, 4);
  if (exec.scenario.iterationInTest % 10 === 0) rateEstimate(user, prediction, 3);
}
