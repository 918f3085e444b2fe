import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import { type CandidateArm, evaluateCandidates } from '../../../core/experiment/evaluate-candidates.js';
import { evaluateExperiment } from '../../../core/experiment/evaluate-experiment.js';
import { context, variant } from './builders.js';

const rule = parseDecisionRule({ policy: 'evidence' });
const production = variant({ users: 800, rating: 3.4, latencyMs: 300 }, 1);
const arm = (name: string, rating: number, seed: number): CandidateArm => ({
  name,
  summary: variant({ users: 200, rating, latencyMs: 300 }, seed),
  weightPercent: 0,
  usersInBoth: 0,
  previous: null,
});
/** Gives each candidate a quarter of production's weight, as 800 and 200 users have it. */
const fair = (arms: CandidateArm[]) => arms.map((a) => ({ ...a, weightPercent: 100 / (4 + arms.length) }));
const evaluate = (arms: CandidateArm[], policy = rule) => evaluateCandidates(production, fair(arms), context(), policy);

test('of several that could be promoted the one furthest ahead beyond doubt wins, and only it acts', () => {
  const { winner, decisions } = evaluate([arm('b', 4.1, 2), arm('c', 4.5, 3), arm('d', 3.4, 4)]);
  expect(winner).toBe('c');
  expect(decisions.map(({ name, decision }) => [name, decision.verdict, decision.action])).toEqual([
    ['b', 'promote', 'none'],
    ['c', 'promote', 'promote'],
    ['d', 'continue_testing', 'none'],
  ]);
});

test('the plain rule too promotes one at most', () => {
  const { winner, decisions } = evaluate([arm('b', 4.5, 2), arm('c', 4.1, 3)], parseDecisionRule());
  expect([winner, decisions.filter(({ decision }) => decision.action === 'promote').length]).toEqual(['b', 1]);
});

test('nobody wins where nobody is better', () => {
  expect(evaluate([arm('b', 3.4, 2), arm('c', 3.4, 3)]).winner).toBeNull();
});

test('company makes the proof harder: α is shared out', () => {
  const lower = (arms: CandidateArm[]) => evaluate(arms).decisions[0]!.decision.evidence.numbers.lower!;
  const alone = evaluateExperiment(
    { production, candidate: arm('b', 3.9, 2).summary, usersInBoth: 0 },
    context({ candidateWeightPercent: 20 }),
    rule,
  );
  expect(lower([arm('b', 3.9, 2)])).toBeCloseTo(alone.evidence.numbers.lower!, 12);
  expect(lower([arm('b', 3.9, 2), arm('c', 3.4, 3), arm('d', 3.4, 4)])).toBeLessThan(lower([arm('b', 3.9, 2)]));
});

test.each([
  [[]],
  [[arm('b', 4, 2), arm('b', 4, 3)]],
  [
    [
      { ...arm('b', 4, 2), weightPercent: 60 },
      { ...arm('c', 4, 3), weightPercent: 40 },
    ],
  ],
])('refuses arms that make no experiment: %#', (arms: CandidateArm[]) => {
  expect(() => evaluateCandidates(production, arms, context(), rule)).toThrow(InvalidInputError);
});
