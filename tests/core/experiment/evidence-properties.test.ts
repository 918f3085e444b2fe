import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExperimentDecision } from '../../../core/experiment/decision.js';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import { evaluateExperiment } from '../../../core/experiment/evaluate-experiment.js';
import { summarizeVariant } from '../../../core/experiment/summarize-users.js';
import type { ExperimentSummary } from '../../../core/experiment/variant-summary.js';
import { createRandom } from '../../../core/stats/random.js';
import { type Audience, audience, context } from './builders.js';

const rule = parseDecisionRule({ policy: 'evidence' });
/** The split that was promised is the one that happened. */
const fair = ({ production, candidate }: ExperimentSummary) =>
  context({ candidateWeightPercent: (100 * candidate.users) / Math.max(1, production.users + candidate.users) });
const evaluate = (counts: ExperimentSummary) => evaluateExperiment(counts, fair(counts), rule);

const anyAudience: fc.Arbitrary<Audience> = fc.record({
  users: fc.integer({ min: 5, max: 400 }),
  rating: fc.double({ min: 1, max: 4.99, noNaN: true }),
  latencyMs: fc.double({ min: 20, max: 4000, noNaN: true }),
  responseRatio: fc.constantFrom(0.2, 0.6, 1),
  errorsPerUser: fc.constantFrom(0, 0, 0.01, 0.1),
});
const experiment = fc.record({ production: anyAudience, candidate: anyAudience, seed: fc.nat(1e6) });
type Settings = typeof experiment extends fc.Arbitrary<infer T> ? T : never;

const rows = ({ production, candidate, seed }: Settings) => ({
  production: audience(production, createRandom(seed, 1)),
  candidate: audience(candidate, createRandom(seed, 2)),
});

function summarized(settings: Settings, copies = 1): ExperimentSummary {
  const users = rows(settings);
  const repeat = <T>(list: readonly T[]) => Array.from({ length: copies }, () => list).flat();
  return {
    production: summarizeVariant(repeat(users.production), settings.production.latencyMs * 1.2),
    candidate: summarizeVariant(repeat(users.candidate), settings.candidate.latencyMs * 1.2),
    usersInBoth: 0,
  };
}

const swapped = ({ production, candidate, usersInBoth }: ExperimentSummary): ExperimentSummary => ({
  production: candidate,
  candidate: production,
  usersInBoth,
});

test('swapping the variants flips the verdict: what is promoted is harm or a rollback the other way round', () => {
  let promoted = 0;
  fc.assert(
    fc.property(experiment, (settings) => {
      const counts = summarized(settings);
      const one = evaluate(counts);
      const other = evaluate(swapped(counts));
      if (one.verdict === 'promote') {
        promoted++;
        expect(['harm', 'rollback']).toContain(other.verdict);
      }
      // judged by the score; a guardrail may well stop either of two bad models
      const worse = ['harm', 'rule'];
      if (worse.includes(one.evidence.stage)) expect(worse).not.toContain(other.evidence.stage);
      expect(other.evidence.numbers.effect).toBeCloseTo(-(one.evidence.numbers.effect ?? 0), 10);
    }),
    { numRuns: 400 },
  );
  // the property would hold of a policy that never promotes
  expect(promoted).toBeGreaterThan(10);
});

test('more data of the same kind never turns a promotion into a rollback, nor into doubt', () => {
  let promoted = 0;
  fc.assert(
    fc.property(experiment, fc.integer({ min: 2, max: 6 }), (settings, copies) => {
      const once = evaluate(summarized(settings));
      if (once.evidence.verdict !== 'promote' && once.rule.verdict !== 'promote') return;
      promoted++;
      const more = evaluate(summarized(settings, copies));
      expect(more.rule.verdict).not.toBe('rollback');
      expect(more.evidence.verdict).not.toBe('rollback');
      if (once.evidence.verdict === 'promote') expect(['promote', 'invalid']).toContain(more.evidence.verdict);
    }),
    { numRuns: 400 },
  );
  expect(promoted).toBeGreaterThan(10);
});

test('below the minimum nothing ever happens, under either policy', () => {
  fc.assert(
    fc.property(experiment, fc.constantFrom('rule' as const, 'evidence' as const), (settings, policy) => {
      const counts = summarized(settings);
      const enough = [counts.production, counts.candidate].every((v) => v.requests >= 50 && v.ratings >= 10);
      fc.pre(!enough);
      const late = { ...fair(counts), now: new Date('2026-04-01T00:00:00Z'), nextCandidateReady: true };
      expect(evaluateExperiment(counts, late, parseDecisionRule({ policy }))).toMatchObject({
        verdict: 'insufficient_data',
        action: 'none',
      });
    }),
  );
});

test('the plain rule is a necessary condition of a promotion', () => {
  fc.assert(
    fc.property(experiment, (settings) => {
      const decision = evaluate(summarized(settings));
      if (decision.evidence.verdict === 'promote') expect(decision.rule.verdict).toBe('promote');
    }),
  );
});

test('every verdict carries its numbers, finite, and its reason in one sentence', () => {
  const isDecision = (decision: ExperimentDecision) => {
    for (const { numbers, reason } of [decision.rule, decision.evidence]) {
      expect(reason).toMatch(/^[A-Z].{20,}\.$/);
      expect(reason).not.toMatch(/NaN|undefined|null|Infinity/);
      for (const value of Object.values(numbers)) expect(value === null || Number.isFinite(value)).toBe(true);
    }
    expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
  };
  fc.assert(fc.property(experiment, (settings) => isDecision(evaluate(summarized(settings)))));
  const nobody = { production: summarizeVariant([]), candidate: summarizeVariant([]), usersInBoth: 0 };
  isDecision(evaluate(nobody));
});
