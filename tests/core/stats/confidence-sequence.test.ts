import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { alwaysValidP } from '../../../core/stats/always-valid-p.js';
import { sequenceRadius, tuneSequence } from '../../../core/stats/confidence-sequence.js';
import { createRandom } from '../../../core/stats/random.js';
import { sequentialMultinomialP } from '../../../core/stats/sequential-multinomial.js';

test('ρ and the radius are the formulas, worked by hand', () => {
  // α = 0.05: −2 ln 0.1 = 4.605170, ln 5.605170 = 1.723690, ρ² = 6.328860 / 400
  const tuning = tuneSequence(400, 0.05);
  expect(tuning.rho ** 2).toBeCloseTo(6.32886 / 400, 7);
  // n = 400: t = 6.32886; 2 · 7.32886 / 6.32886 · ln(1 + 2.707187 / 0.1) = 2.316018 · 3.334769
  expect(sequenceRadius(0.01, 400, tuning)).toBeCloseTo(0.01 * Math.sqrt(2.316013 * 3.334765), 5);
});

test('it is narrowest, for one standard deviation, near the size it was tuned for', () => {
  const relative = (expected: number) => sequenceRadius(1, 1000, tuneSequence(expected, 0.05));
  expect(relative(1000)).toBeLessThan(relative(200));
  expect(relative(1000)).toBeLessThan(relative(5000));
  // and a guess off by three costs little
  expect(relative(3000) / relative(1000)).toBeLessThan(1.1);
});

/** Runs of a mean of noise looked at after every tenth observation: how often each verdict is ever wrong. */
function everWrong(runs: number, looks: number): { lower: number; pValue: number; fixed: number } {
  const random = createRandom(17);
  const tuning = tuneSequence(500, 0.05);
  const wrong = { lower: 0, pValue: 0, fixed: 0 };
  for (let run = 0; run < runs; run++) {
    let [sum, squares] = [0, 0];
    const ever = { lower: false, pValue: false, fixed: false };
    for (let n = 1; n <= 10 * looks; n++) {
      const x = random() - 0.5;
      sum += x;
      squares += x * x;
      if (n % 10 !== 0 || n < 50) continue;
      const mean = sum / n;
      const standardError = Math.sqrt((squares / n - mean * mean) / n);
      ever.lower ||= mean - sequenceRadius(standardError, n, tuning) > 0;
      ever.pValue ||= alwaysValidP(mean, standardError, n, tuning.rho) < 0.05;
      ever.fixed ||= mean - 1.645 * standardError > 0;
    }
    for (const key of ['lower', 'pValue', 'fixed'] as const) if (ever[key]) wrong[key]++;
  }
  return wrong;
}

test('over 200 looks at noise it is wrong at most 5 % of the time, where a test repeated at each look is wrong often', () => {
  const runs = 500;
  const wrong = everWrong(runs, 200);
  // 25 expected at most; 25 + 2 standard deviations
  expect(wrong.lower).toBeLessThanOrEqual(35);
  expect(wrong.pValue).toBeLessThanOrEqual(35);
  expect(wrong.fixed).toBeGreaterThan(0.2 * runs);
});

test('always-valid p: no effect is 1, an effect without noise is 0', () => {
  expect([alwaysValidP(0, 0, 10, 0.1), alwaysValidP(0.2, 0, 10, 0.1)]).toEqual([1, 0]);
});

test('the sequential p of counts is the Bayes factor worked by hand', () => {
  // C = 2, θ = ½, ½, counts 2 and 0: BF = Γ(2)Γ(3)Γ(1) / (Γ(1)²Γ(4)) · 4 = (2/6) · 4 = 4/3
  expect(sequentialMultinomialP([2, 0], [1, 1], 2)).toBeCloseTo(0.75, 12);
  expect(sequentialMultinomialP([80, 20], [80, 20], 100)).toBe(1);
});

test('a fair split is called unfair at 5 % by at most 5 % of users’ arrivals, though looked at after each', () => {
  const random = createRandom(2);
  let called = 0;
  for (let run = 0; run < 400; run++) {
    const counts = [0, 0];
    for (let user = 0; user < 400; user++) {
      counts[random() < 0.2 ? 1 : 0]!++;
      if (sequentialMultinomialP(counts, [80, 20], 100) < 0.05) {
        called++;
        break;
      }
    }
  }
  // 20 expected at most, + 2.5 standard deviations
  expect(called).toBeLessThanOrEqual(31);
});

test.each([
  () => tuneSequence(0, 0.05),
  () => tuneSequence(Number.POSITIVE_INFINITY, 0.05),
  () => tuneSequence(100, 0.5),
  () => sequentialMultinomialP([1, 2], [1], 100),
  () => sequentialMultinomialP([1, 2], [1, 0], 100),
])('refuses %s', (call) => {
  expect(call).toThrow(InvalidInputError);
});
