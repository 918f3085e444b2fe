import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { cupedMoments, cupedReading } from '../../../core/experiment/cuped.js';

type Rows = [number, number][];
const vectors: { production: Rows; candidate: Rows; effect: number; coefficient: number; standardError: number } =
  JSON.parse(readFileSync(new URL('../../vectors/experiment-cuped.json', import.meta.url), 'utf8'));
const moments = (rows: Rows) => cupedMoments(rows.map(([outcome, covariate]) => ({ outcome, covariate })));

test('effect and coefficient are those of the analysis of covariance in statsmodels', () => {
  const reading = cupedReading(moments(vectors.production), moments(vectors.candidate));
  expect(reading.effect).toBeCloseTo(vectors.effect, 9);
  expect(reading.coefficient).toBeCloseTo(vectors.coefficient, 9);
  // statsmodels assumes one variance for both variants
  expect(reading.standardError / vectors.standardError).toBeGreaterThan(0.85);
  expect(reading.standardError / vectors.standardError).toBeLessThan(1.15);
});

test('a covariate that tells half the outcome narrows the interval, one that does not vary changes nothing', () => {
  const useful = cupedReading(moments(vectors.production), moments(vectors.candidate));
  // outcome 0.8 x + noise of 0.6: r² = 0.64² / (0.64² + 0.36) = 0.53
  expect(useful.varianceReduction).toBeGreaterThan(0.35);
  expect(useful.standardError).toBeLessThan(useful.unadjustedStandardError);
  const flat = (rows: Rows) => moments(rows.map(([outcome]) => [outcome, 4]));
  const useless = cupedReading(flat(vectors.production), flat(vectors.candidate));
  expect(useless).toMatchObject({ coefficient: 0, varianceReduction: 0 });
  expect(useless.effect).toBe(useless.unadjustedEffect);
});

test('refuses two users', () => {
  expect(() => cupedReading(moments(vectors.production), moments(vectors.candidate.slice(0, 2)))).toThrow(
    InvalidInputError,
  );
});
