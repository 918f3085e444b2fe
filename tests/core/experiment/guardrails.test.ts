import { expect, test } from 'vitest';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import { checkGuardrails } from '../../../core/experiment/guardrails.js';

const { guardrails } = parseDecisionRule();
const counts = (requests: number, errors: number, latencyP95Ms: number | null = 50) => ({
  requests,
  errors,
  latencyP95Ms,
});
const breach = (production: ReturnType<typeof counts>, candidate: ReturnType<typeof counts>) =>
  checkGuardrails(production, candidate, guardrails).breach;

test('more than five points more failures is a breach, five is not', () => {
  expect(breach(counts(100, 0), counts(95, 5))).toBeNull();
  expect(breach(counts(100, 0), counts(94, 6))).toBe('it fails 6.0 % of requests, production 0.0 %');
});

test('failures that production has too are not the candidate’s', () => {
  expect(breach(counts(80, 20), counts(80, 20))).toBeNull();
});

test('a tail twice as slow is a breach when anybody can notice it', () => {
  expect(breach(counts(50, 0, 200), counts(50, 0, 401))).toBe("its p95 latency is 401 ms, production's 200 ms");
  expect(breach(counts(50, 0, 200), counts(50, 0, 400))).toBeNull();
  expect(breach(counts(50, 0, 2), counts(50, 0, 90))).toBeNull();
  expect(breach(counts(50, 0, 200), counts(50, 0, null))).toBeNull();
});

test('below twenty requests, failed ones included, nothing is read', () => {
  expect(breach(counts(100, 0), counts(0, 19))).toBeNull();
  expect(breach(counts(100, 0), counts(0, 20))).toMatch(/100\.0 %/);
  expect(breach(counts(0, 0), counts(0, 20))).toBeNull();
});
