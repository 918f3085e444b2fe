import type { Answers } from '../stand-in.js';

const began = new Date(Date.now() - 3 * 24 * 3_600_000).toISOString();

const test = {
  id: 4,
  project: 'home-prices',
  name: 'two rankings',
  success_metric: 'rating',
  control: 'ranker-1',
  treatments: [
    { name: 'ranker-2', percent: 20 },
    { name: 'ranker-3', percent: 12.5 },
  ],
  rule: { policy: 'evidence', minRequests: 50, minRatings: 10, promoteRatio: 1.05, rollbackRatio: 0.8, maxAgeDays: 7 },
  expected_users: 900,
  state: 'running',
  winner: null,
  reason: null,
  created_by: 'user:asha',
  started_at: began,
  ended_at: null,
};

const policies = (rule: string, evidence: string) => ({
  rule: { verdict: rule, reason: 'The scores are 4 % apart.', numbers: { ratio: 1.04 } },
  evidence: { verdict: evidence, reason: 'Chance may have done it.', stage: 'compared', numbers: { effect: 0.03 } },
});

/** A test with two treatments, as the control API tells it. */
export function abTestAnswers(): Answers {
  return {
    'GET /api/ab-tests': { body: { items: [test], next_cursor: null } },
    'GET /api/ab-tests/4': { body: test },
    'GET /api/ab-tests/4/result': {
      body: {
        read_at: began,
        winner: null,
        would_end: null,
        treatments: [
          {
            treatment: 'ranker-2',
            verdict: 'inconclusive',
            reason: 'Nothing is proven.',
            ...policies('promote', 'inconclusive'),
          },
          { treatment: 'ranker-3', verdict: 'harm', reason: 'Users like it less.', ...policies('rollback', 'harm') },
        ],
      },
    },
  };
}

/** The same test after a person has ended it. */
export const stoppedAbTest = { ...test, state: 'stopped', reason: 'seen enough', ended_at: new Date().toISOString() };
