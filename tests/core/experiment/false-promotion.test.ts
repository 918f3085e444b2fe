import { expect, test } from 'vitest';
import { type Scenario, scenarios } from '../../../bench/false-promotion/scenarios.js';
import { simulateWeek } from '../../../bench/false-promotion/simulate-week.js';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import { summarizeUsers } from '../../../core/experiment/summarize-users.js';

const rule = parseDecisionRule({ policy: 'evidence' });
const where = (effect: number, requestsPerHour: number, returningRatio: number): Scenario =>
  scenarios.find(
    (s) => s.effect === effect && s.requestsPerHour === requestsPerHour && s.returningRatio === returningRatio,
  )!;
const weeksOf = (scenario: Scenario, weeks: number, firstSeed: number) =>
  Array.from({ length: weeks }, (_, i) => simulateWeek(scenario, rule, firstSeed + i));

test('of 300 weeks with identical models the evidence promotes in at most 8 %, the bare rule in a quarter or more', () => {
  const weeks = [
    ...weeksOf(where(0, 25, 0), 130, 50_000),
    ...weeksOf(where(0, 25, 0.4), 130, 60_000),
    ...weeksOf(where(0, 100, 0), 20, 70_000),
    ...weeksOf(where(0, 100, 0.4), 20, 80_000),
  ];
  const promotions = (policy: 'rule' | 'evidence') => weeks.filter((w) => w[policy].verdict === 'promote').length;
  expect(promotions('evidence')).toBeLessThanOrEqual(0.08 * 300);
  // and the danger is real: without it the test above would pass of a policy that cannot be fooled because nothing tries
  expect(promotions('rule')).toBeGreaterThanOrEqual(0.25 * 300);
}, 120_000);

test('a true +6.4 % is promoted and a −7.6 % stopped in most weeks', () => {
  const better = weeksOf(where(0.064, 25, 0), 60, 1);
  const worse = weeksOf(where(-0.076, 25, 0), 60, 1);
  // 97 % and 99 % over thousands of weeks; 60 weeks fall below 85 % once in ten thousand runs, and the seeds are fixed
  expect(better.filter((week) => week.evidence.verdict === 'promote').length).toBeGreaterThanOrEqual(51);
  expect(worse.filter((week) => ['harm', 'rollback'].includes(week.evidence.verdict)).length).toBeGreaterThanOrEqual(
    51,
  );
});

test('the counts kept request by request are those of the users added up', () => {
  let looks = 0;
  simulateWeek(where(0, 25, 0.6), rule, 3, (summary, decision, variants) => {
    if (++looks % 56 !== 0) return;
    const rows = (['production', 'candidate'] as const).flatMap((variant) =>
      [...variants[variant].users].map(([key, user]) => ({ variant, userKey: String(key), ...user })),
    );
    const added = summarizeUsers(rows);
    for (const variant of ['production', 'candidate'] as const) {
      for (const [moment, value] of Object.entries(added[variant].moments)) {
        const kept = summary[variant].moments[moment as keyof typeof added.production.moments];
        expect(Math.abs(kept - value)).toBeLessThanOrEqual(1e-9 * value);
      }
      expect(summary[variant]).toMatchObject({ users: added[variant].users, requests: added[variant].requests });
      expect(summary[variant].ratingSum).toBe(added[variant].ratingSum);
    }
    expect(decision.evidence.numbers.ageHours).toBe(looks);
  });
  expect(looks).toBe(168);
});

test('the same seed is the same week', () => {
  const scenario = where(0, 25, 0.4);
  expect(simulateWeek(scenario, rule, 9)).toEqual(simulateWeek(scenario, rule, 9));
});
