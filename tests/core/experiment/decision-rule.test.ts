import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';

test('nothing said is the standard rule', () => {
  expect(parseDecisionRule()).toMatchObject({
    policy: 'rule',
    minRequests: 50,
    minRatings: 10,
    promoteRatio: 1.05,
    rollbackRatio: 0.8,
    ratingWeight: 0.7,
    latencyWeight: 0.3,
    latencyBudgetMs: 5000,
    alpha: 0.05,
    floor: { ratings: 30, users: 30 },
    maxAgeDays: 7,
    onHarm: 'hold',
  });
});

test('one number may be changed alone, also inside a group', () => {
  const rule = parseDecisionRule({ promoteRatio: 1.1, guardrails: { maxP95Ratio: 3 } });
  expect([rule.promoteRatio, rule.guardrails.maxP95Ratio, rule.guardrails.minRequests]).toEqual([1.1, 3, 20]);
});

test.each([
  [{ rollbackRatio: 1, promoteRatio: 1 }, 'rollbackRatio', /below promoteRatio, got 1 and 1/],
  [{ ratingWeight: 0.7, latencyWeight: 0.4 }, 'ratingWeight', /add up to 1, got 0.7 \+ 0.4/],
  [{ ratingWeight: 1.2, latencyWeight: -0.2 }, 'ratingWeight', /0\.\.1/],
  [{ minRatings: 0 }, 'minRatings', /at least 1 while ratings count/],
  [{ minRequests: 0 }, 'minRequests', /at least 1/],
  [{ minRequests: 10.5 }, 'minRequests', /whole number/],
  [{ promoteRatio: 0.9 }, 'promoteRatio', /at least 1/],
  [{ promoteRatio: Number.NaN }, 'promoteRatio', /number/],
  [{ alpha: 0.5 }, 'alpha', /\(0, 0\.5\)/],
  [{ policy: 'coin' }, 'policy', /'rule' or 'evidence'/],
  [{ onHarm: 'pray' }, 'onHarm', /'hold' or 'rollback'/],
  [{ guardrails: { maxP95Ratio: 1 } }, 'guardrails.maxP95Ratio', /greater than 1/],
  [{ floor: { users: 1 } }, 'floor.users', /at least 2/],
])('refuses %j and says what is allowed', (input, field, message) => {
  try {
    parseDecisionRule(input);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInputError);
    expect((error as InvalidInputError).problems.map((problem) => problem.field)).toContain(field);
    expect((error as InvalidInputError).message).toMatch(message);
  }
});

test('a misspelled number is refused rather than ignored', () => {
  expect(() => parseDecisionRule({ promoteRatioo: 1.2 })).toThrow(/promoteRatioo/);
});
