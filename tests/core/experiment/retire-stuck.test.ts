import { expect, test } from 'vitest';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import { evaluateExperiment } from '../../../core/experiment/evaluate-experiment.js';
import { retireStuck } from '../../../core/experiment/retire-stuck.js';
import { context, summary } from './builders.js';

const late = { now: new Date('2026-03-10T00:00:00Z') };
const nobody = summary({ users: 3, rating: 3, latencyMs: 20 }, { users: 3, rating: 3, latencyMs: 20 });
const alike = summary({ users: 400, rating: 3, latencyMs: 20 }, { users: 100, rating: 3, latencyMs: 20 });

function look(counts: typeof nobody, policy: 'rule' | 'evidence', overrides = {}) {
  const rule = parseDecisionRule({ policy });
  const given = context(overrides);
  return retireStuck(evaluateExperiment(counts, given, rule), given, rule);
}

test.each(['rule', 'evidence'] as const)(
  'under policy %s an experiment nobody visits ends after its time',
  (policy) => {
    expect(look(nobody, policy)).toMatchObject({ verdict: 'insufficient_data', action: 'none' });
    expect(look(nobody, policy, late)).toMatchObject({
      verdict: 'inconclusive',
      action: 'retire',
      reason: expect.stringMatching(/after 7 days .* Until now: Too little data/),
      rule: { verdict: 'insufficient_data' },
    });
  },
);

test('an undecided one makes room when the next candidate waits', () => {
  expect(look(alike, 'rule')).toMatchObject({ verdict: 'continue_testing', action: 'none' });
  expect(look(alike, 'rule', { nextCandidateReady: true })).toMatchObject({
    verdict: 'inconclusive',
    action: 'retire',
    rule: { verdict: 'continue_testing' },
  });
});

test('a verdict is never taken back by age, and a clock that jumped back ages nobody', () => {
  const bad = summary({ users: 200, rating: 5, latencyMs: 20 }, { users: 200, rating: 1, latencyMs: 20 });
  expect(look(bad, 'rule', late)).toMatchObject({ verdict: 'rollback', action: 'rollback' });
  expect(look(nobody, 'rule', { now: new Date('2020-01-01T00:00:00Z') })).toMatchObject({ action: 'none' });
});
