import type { Answers } from '../stand-in.js';
import { hour, page } from './times.js';

const rule = {
  policy: 'rule',
  minRequests: 50,
  minRatings: 10,
  promoteRatio: 1.05,
  rollbackRatio: 0.8,
  maxAgeDays: 7,
};

export const experiment = {
  id: 3,
  project: 'home-prices',
  production_version: 'BO2',
  candidate_version: 'CO3',
  state: 'running',
  candidate_weight_percent: 20,
  traffic: { candidate_weight_percent: 20, shadow_percent: 0 },
  path: { ramp: [{ weightPercent: 5, holdMinutes: 60 }] },
  rule,
  expected_users: 1000,
  outcome: null,
  created_at: hour(0),
  started_at: hour(0),
  ended_at: null,
};

/** Hourly decisions, newest first: the candidate pulls ahead while the band narrows. */
function decisions(count: number) {
  return Array.from({ length: count }, (_, i) => {
    const n = count - i;
    const numbers = {
      productionScore: 0.803 + 0.004 * Math.sin(n / 3),
      candidateScore: 0.851 + 0.02 / n + 0.008 * Math.sin(n / 2),
      productionRequests: 320 * n,
      candidateRequests: 80 * n,
      productionRatings: 24 * n,
      candidateRatings: 6 * n,
    };
    const variant = (name: 'production' | 'candidate', meanRating: number, p95: number) => ({
      users: Math.round(numbers[`${name}Requests`] / 4),
      requests: numbers[`${name}Requests`],
      errors: 0,
      error_rate: 0,
      mean_latency_ms: 3.2,
      p95_latency_ms: p95,
      ratings: numbers[`${name}Ratings`],
      mean_rating: meanRating,
      rating_counts: [n, 2 * n, 3 * n, 2 * n, n],
      score: numbers[`${name}Score`],
    });
    const half = 0.16 / Math.sqrt(n);
    const effect = numbers.candidateScore - numbers.productionScore;
    return {
      id: 200 + n,
      experiment_id: 3,
      policy: 'rule',
      verdict: n > 2 ? 'continue_testing' : 'insufficient_data',
      reason: n > 2 ? 'The two are too close to act on.' : 'Too little data to judge.',
      decided_at: hour(n),
      workflow_id: `home-prices-evaluate-${n}`,
      evaluation: {
        production: variant('production', 3.61, 6.1),
        candidate: variant('candidate', 3.94, 7.4),
        rule: {
          verdict: n > 2 ? 'continue_testing' : 'insufficient_data',
          reason: n > 2 ? 'The two are too close to act on.' : 'Too little data to judge.',
          numbers: {
            ...numbers,
            productionMeanRating: 3.61,
            candidateMeanRating: 3.94,
            productionMeanLatencyMs: 3.2,
            candidateMeanLatencyMs: 4.1,
          },
        },
        evidence: {
          verdict: n > 2 ? 'promising' : 'insufficient_data',
          reason: 'Ahead by enough, not yet beyond doubt.',
          needed: { ratings: 60, users: 240, hours: 9.2 },
          numbers: { ...numbers, effect, lower: effect - half, upper: effect + half, productionP95Ms: 6.1 },
        },
      },
    };
  });
}

const approval = {
  id: 7,
  project: 'home-prices',
  experiment_id: 3,
  candidate_version: 'CO3',
  state: 'pending',
  requested_by: 'incumbent',
  reason: 'The candidate scores more than 5 % above production.',
  requested_at: hour(47),
  expires_at: hour(120),
  reminded_at: null,
  decided_by: null,
  decided_reason: null,
  decided_at: null,
  may_approve: true,
};

/** The latest is the first. */
export const twoDaysOfDecisions = decisions(48);

/** A candidate that is ahead, but not beyond doubt, and a promotion that waits for a yes. */
export const experimentAnswers: Answers = {
  'GET /api/experiments': page([experiment]),
  'GET /api/experiments/3/decisions': page(twoDaysOfDecisions),
  'GET /api/experiments/3/changes': page([
    {
      id: 1,
      experiment_id: 3,
      from_state: 'ramping',
      to_state: 'running',
      from_weight_percent: 5,
      to_weight_percent: 20,
      clock_restarted: true,
      reason: 'the ramp is over',
      actor: 'incumbent',
      at: hour(2),
    },
  ]),
  'GET /api/approvals': page([approval]),
};
