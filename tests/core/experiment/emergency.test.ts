import { expect, test } from 'vitest';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import { checkEmergency, type GuardWindow } from '../../../core/experiment/emergency.js';

const { guardrails } = parseDecisionRule();
const counts = (requests: number, errors = 0, latencyP95Ms: number | null = 100) => ({
  requests,
  errors,
  latencyP95Ms,
});
const well = counts(400);
const windows = (short: GuardWindow['candidate'], long: GuardWindow['candidate'] = counts(100)): GuardWindow[] => [
  { minutes: 2, production: well, candidate: short },
  { minutes: 60, production: well, candidate: long },
];

test('all is well', () => {
  expect(checkEmergency(windows(counts(100)), guardrails)).toBeNull();
});

test('a burst of failures shows in the short window while the hour still looks well', () => {
  expect(checkEmergency(windows(counts(80, 20), counts(5000, 20)), guardrails)).toBe(
    'in the last 2 minutes it fails 20.0 % of requests, production 0.0 %',
  );
});

test('where few people come the hour collects what two minutes cannot', () => {
  expect(checkEmergency(windows(counts(1, 1), counts(20, 5)), guardrails)).toMatch(
    /^in the last 60 minutes it fails 20/,
  );
});

test('a tail twice as slow and 100 ms slower is an emergency, a little slower is none', () => {
  expect(checkEmergency(windows(counts(100, 0, 250)), guardrails)).toMatch(
    /p95 latency is 250 ms, production's 100 ms/,
  );
  expect(checkEmergency(windows(counts(100, 0, 190)), guardrails)).toBeNull();
});

test('two failures are none, whatever their share, and neither are many among few requests', () => {
  expect(checkEmergency(windows(counts(38, 2), counts(20, 2)), guardrails)).toBeNull();
  expect(checkEmergency(windows(counts(10, 9), counts(10, 9)), guardrails)).toBeNull();
});

test('production that fails as well is no emergency of the candidate', () => {
  const failing = counts(80, 20);
  expect(checkEmergency([{ minutes: 2, production: failing, candidate: failing }], guardrails)).toBeNull();
});
