import exec from 'k6/execution';
import { Gauge } from 'k6/metrics';
import type { Options } from 'k6/options';
import { seconds, settings } from './lib/settings.ts';
import { summaryTrendStats } from './lib/summary.ts';
import { type SetupData, visit } from './lib/visitors.ts';

export { handleSummary } from './lib/summary.ts';
export { setup } from './lib/visitors.ts';

const START = settings.rate;
const TOP = settings.rate * 100;
const offeredRate = new Gauge('offered_rate');

/** More and more until p99 passes half a second, one in a hundred fails or users have to wait outside: that rate is the limit. */
export const options: Options = {
  summaryTrendStats,
  scenarios: {
    breakpoint: {
      executor: 'ramping-arrival-rate',
      startRate: START,
      stages: [{ target: TOP, duration: seconds(1200) }],
      preAllocatedVUs: 500,
      maxVUs: 2000,
    },
  },
  thresholds: {
    prediction_duration: [{ threshold: 'p(99)<500', abortOnFail: true, delayAbortEval: '5s' }],
    prediction_failed: [{ threshold: 'rate<0.01', abortOnFail: true, delayAbortEval: '5s' }],
    // all virtual users are waiting for answers: what is offered is more than is taken
    dropped_iterations: [{ threshold: 'count<500', abortOnFail: true, delayAbortEval: '5s' }],
  },
};

export default function offer(data: SetupData): void {
  offeredRate.add(START + (TOP - START) * exec.scenario.progress);
  visit(data);
}
