import { expect, test } from 'vitest';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import { evaluateExperiment } from '../../../core/experiment/evaluate-experiment.js';
import { judgedByIn } from '../../../core/experiment/judged-by.js';
import { summarizeVariant } from '../../../core/experiment/summarize-users.js';
import type { ExperimentSummary } from '../../../core/experiment/variant-summary.js';
import { createRandom } from '../../../core/stats/random.js';
import { audience, context, summary, user, variant } from './builders.js';

const rule = parseDecisionRule({ policy: 'evidence' });
const average = { users: 800, rating: 3.4, latencyMs: 300 };
const better = { ...average, users: 200, rating: 4.2 };
const same = { ...average, users: 200 };

const evaluate = (counts: ExperimentSummary, overrides = {}, settings = rule) =>
  evaluateExperiment(counts, context(overrides), settings);

test('a clearly better candidate is promoted, and the reason names by how much', () => {
  const decision = evaluate(summary(average, better));
  expect([decision.verdict, decision.action, decision.evidence.stage]).toEqual(['promote', 'promote', 'promotion']);
  expect(decision.reason).toMatch(
    /more than 5 % above production \(0\.\d{3} against 0\.\d{3}\).*by at least 0\.\d{3}\.$/,
  );
  expect(decision.evidence.numbers.lower).toBeGreaterThan(0);
});

test('both verdicts are there whichever acts', () => {
  const few = summary({ ...average, users: 240 }, { ...better, users: 60, rating: 3.8 });
  const [byRule, byEvidence] = [evaluate(few, {}, parseDecisionRule()), evaluate(few)];
  expect([byRule.verdict, byRule.action]).toEqual(['promote', 'promote']);
  expect([byEvidence.verdict, byEvidence.action]).toEqual(['promising', 'none']);
  expect([byRule.rule, byRule.evidence]).toEqual([byEvidence.rule, byEvidence.evidence]);
});

test('too few ratings: nothing, with what is missing at this traffic', () => {
  const decision = evaluate(summary(average, { ...better, responseRatio: 0.03 }));
  expect([decision.verdict, decision.action]).toEqual(['insufficient_data', 'none']);
  expect(decision.reason).toMatch(/the candidate has \d of 10 ratings, about \d+ more candidate ratings/);
  expect(decision.evidence.needed?.ratings).toBeGreaterThan(0);
});

test('far below production is rolled back at once, even when the comparison is invalid', () => {
  const counts = summary(average, { ...same, users: 400, rating: 1.5 });
  const decision = evaluate(counts);
  expect(decision.evidence.numbers.sampleRatioPValue).toBeLessThan(0.001);
  expect([decision.verdict, decision.evidence.stage]).toEqual(['rollback', 'rule']);
});

test('worse beyond doubt is harm: held, or rolled back where the rule says so', () => {
  const counts = summary(average, { ...same, rating: 2.9 });
  expect(evaluate(counts)).toMatchObject({ verdict: 'harm', action: 'hold', evidence: { stage: 'harm' } });
  const strict = parseDecisionRule({ policy: 'evidence', onHarm: 'rollback' });
  expect(evaluate(counts, {}, strict)).toMatchObject({ verdict: 'harm', action: 'rollback' });
});

test('a split unlike its weights is invalid, however good the candidate', () => {
  const decision = evaluate(summary(average, { ...better, users: 290 }));
  expect([decision.verdict, decision.action]).toEqual(['invalid', 'alert']);
  expect(decision.reason).toMatch(/26\.6 % of users are in the candidate where the split says 20 %/);
});

test('users seen in both variants make it invalid from 1 % and 10 users on', () => {
  const counts = summary(average, better);
  expect(evaluate({ ...counts, usersInBoth: 9 }).verdict).toBe('promote');
  expect(evaluate({ ...counts, usersInBoth: 10 }).reason).toMatch(/10 users \(1 %\) saw both/);
});

test('answers rated at different rates are no comparison', () => {
  const decision = evaluate(summary({ ...average, responseRatio: 0.3 }, { ...better, responseRatio: 0.6 }));
  expect([decision.verdict, decision.evidence.stage]).toEqual(['invalid', 'validity']);
  expect(decision.reason).toMatch(/of the candidate's answers are rated/);
});

test('a well-rated candidate that fails is harm', () => {
  const decision = evaluate(summary(average, { ...better, errorsPerUser: 0.2 }));
  expect([decision.verdict, decision.evidence.stage]).toEqual(['harm', 'guardrails']);
  expect(decision.reason).toMatch(/fails \d+\.\d % of requests, production 0\.0 %/);
});

test('ahead but unsure is promising, and the forecast is right: with that much more data it is promoted', () => {
  const counts = summary({ ...average, users: 240 }, { ...better, users: 60, rating: 3.8 });
  const decision = evaluate(counts, { expectedUsers: 500 });
  expect(decision.evidence.stage).toBe('promising');
  const { ratings, users, hours } = decision.evidence.needed!;
  const growth = (60 + ratings!) / 60;
  expect(users! / 300).toBeCloseTo(growth - 1, 1);
  expect(hours! / 12).toBeCloseTo(growth - 1, 1);
  expect(decision.reason).toContain(`about ${ratings} more candidate ratings (`);
  expect(evaluate(grown(counts, growth * 1.03), { expectedUsers: 500 }).verdict).toBe('promote');
  expect(evaluate(grown(counts, growth * 0.97), { expectedUsers: 500 }).verdict).toBe('promising');
});

test('one user who rates a thousand times promotes nothing, and blocks nothing once others outweigh them', () => {
  const thousand = (value: number) => Array.from({ length: 1000 }, () => value);
  const fan = user(thousand(5), thousand(300));
  const crowd = audience({ ...average, users: 200 }, createRandom(3));
  const withFan = (copies: number) =>
    summarizeVariant([fan, ...Array.from({ length: copies }, () => crowd).flat()], 360);
  const production = variant(average);
  const stuffed = evaluate({ production, candidate: withFan(1), usersInBoth: 0 });
  expect(stuffed.rule.verdict).toBe('promote');
  // 1200² / (1000² + 200): 201 users weigh as much as 1.4
  expect(stuffed.evidence.numbers.candidateEffectiveUsers).toBeCloseTo(1.44, 2);
  // the interval alone would believe it
  expect(stuffed.evidence.numbers.lower).toBeGreaterThan(0);
  expect(stuffed.evidence.verdict).not.toBe('promote');
  const outweighed = evaluate({ production, candidate: withFan(50), usersInBoth: 0 });
  expect(outweighed.evidence.numbers.candidateEffectiveUsers).toBeGreaterThan(100);
});

test('neither ahead nor worse goes on until its time is up or the next candidate waits', () => {
  const counts = summary(average, same);
  expect(evaluate(counts)).toMatchObject({ verdict: 'continue_testing', action: 'none' });
  expect(evaluate(counts, { now: new Date('2026-03-09T00:00:00Z') }).verdict).toBe('continue_testing');
  expect(evaluate(counts, { now: new Date('2026-03-09T00:00:01Z') })).toMatchObject({
    verdict: 'inconclusive',
    action: 'retire',
    reason: 'Production stays: after 7 days the candidate is not better beyond doubt.',
  });
  expect(evaluate(counts, { nextCandidateReady: true }).reason).toMatch(/next candidate is ready/);
});

test('a clock that jumped behind the start makes no experiment old', () => {
  const decision = evaluate(summary(average, same), { now: new Date('2020-01-01T00:00:00Z') });
  expect([decision.verdict, decision.evidence.numbers.ageHours]).toEqual(['continue_testing', 0]);
});

test('p-values handed from look to look only fall', () => {
  const first = evaluate(summary(average, better)).evidence;
  const later = evaluate(summary(average, same), { previous: first.running }).evidence;
  expect(later.numbers.pValue).toBeGreaterThan(first.running.pValue);
  expect(later.running.pValue).toBe(first.running.pValue);
});

test('latencies beyond the budget cannot promote where the plain rule would not', () => {
  // half at once, half far too late: the mean of the scores says 0.5, the score of the mean 0
  const slow = (seed: number, rating: number, users: number, ms: number) => ({
    ...variant({ users, rating, latencyMs: 100 }, seed),
    latencyMsSum: users * ms,
  });
  const counts = { production: slow(1, 3.4, 800, 100), candidate: slow(2, 4, 200, 5200), usersInBoth: 0 };
  const decision = evaluate(counts);
  expect([decision.rule.verdict, decision.evidence.verdict]).toEqual(['rollback', 'continue_testing']);
});

/** The same summary with every count multiplied: more data of the same kind. */
function grown(counts: ExperimentSummary, factor: number): ExperimentSummary {
  const scale = <T>(value: T): T =>
    (typeof value === 'number'
      ? value * factor
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, k === 'latencyP95Ms' ? v : scale(v)]))
        : value) as T;
  return scale(counts);
}

test('where labels count, the sentences speak of labelled answers, and the numbers are the same', () => {
  const labels = { judgedBy: 'labels' };
  const said = (counts: ExperimentSummary, policy: 'rule' | 'evidence', overrides = {}) => {
    const settings = parseDecisionRule({ policy });
    const [stars, told] = [
      evaluate(counts, overrides, settings),
      evaluate(counts, { ...overrides, ...labels }, settings),
    ];
    expect([told.rule.numbers, told.evidence.numbers]).toEqual([stars.rule.numbers, stars.evidence.numbers]);
    expect(told.verdict).toBe(stars.verdict);
    return told.reason;
  };
  const few = summary(average, { ...better, responseRatio: 0.03 });
  expect(said(few, 'rule')).toMatch(/^Too little data to judge: the candidate has \d of 10 labelled answers\.$/);
  expect(said(few, 'evidence')).toMatch(/\d of 10 labelled answers, about \d+ more candidate labelled answers/);
  const ahead = summary({ ...average, users: 240 }, { ...better, users: 60, rating: 3.8 });
  expect(said(ahead, 'evidence', { expectedUsers: 500 })).toMatch(/about \d+ more candidate labelled answers \(/);
  const uneven = summary({ ...average, responseRatio: 0.3 }, { ...better, responseRatio: 0.6 });
  expect(said(uneven, 'evidence')).toMatch(/of the candidate's answers are labelled/);
});

test('an experiment on accuracy counts true values in a project of ratings, too', () => {
  expect(judgedByIn('accuracy')).toBe('labels');
  expect(judgedByIn('score')).toBe('ratings');
  expect(judgedByIn('score', 'labels')).toBe('labels');
});
