import exec from 'k6/execution';
import { Rate } from 'k6/metrics';
import type { Options } from 'k6/options';
import { predict } from './lib/api.ts';
import { settings } from './lib/settings.ts';
import { summaryTrendStats } from './lib/summary.ts';
import { predictionThresholds, splitThresholds } from './lib/thresholds.ts';
import type { SetupData } from './lib/visitors.ts';

export { handleSummary } from './lib/summary.ts';
export { setup } from './lib/visitors.ts';

const QUESTIONS = 5;
const users = Math.max(100, Math.round(2000 * settings.timeScale));
const sticky = new Rate('sticky');
const candidateUsers = new Rate('candidate_users');

/** Many users with five questions each: a user stays with one variant, and the candidate gets its share of users. */
export const options: Options = {
  summaryTrendStats,
  scenarios: {
    users: { executor: 'shared-iterations', vus: 10, iterations: users, maxDuration: '10m' },
  },
  thresholds: {
    ...predictionThresholds({ p95: 250, p99: 500, errors: 0 }),
    ...splitThresholds(users, 'candidate_users'),
    sticky: ['rate==1'],
  },
};

export default function askRepeatedly({ locations, run }: SetupData): void {
  const user = `sticky-${run}-${exec.scenario.iterationInTest}`;
  const variants = new Set<string>();
  for (let question = 0; question < QUESTIONS; question++) {
    const prediction = predict(user, locations);
    if (prediction) variants.add(prediction.variant);
  }
  if (variants.size === 0) return;
  sticky.add(variants.size === 1);
  candidateUsers.add(variants.has('candidate'));
}
