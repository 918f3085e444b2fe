import { expect, test } from 'vitest';
import { parseDecisionRule } from '../../../core/experiment/decision-rule.js';
import { describeOneLook } from '../../../core/experiment/one-look.js';
import { summarizeVariant } from '../../../core/experiment/summarize-users.js';
import { normalCdf } from '../../../core/stats/standard-normal.js';
import { twoSampleVectors } from '../stats/vectors.js';
import { user } from './builders.js';

const rule = parseDecisionRule();
const ratings = twoSampleVectors.cases.find((c) => c.name === 'ratings 400 and 100')!;
const raters = (values: number[]) => summarizeVariant(values.map((rating, i) => user([rating], [200 + (i % 50)])));
const summary = { production: raters(ratings.reference), candidate: raters(ratings.current), usersInBoth: 0 };

test('the readings of a summary are scipy’s of the ratings it was made of', () => {
  const look = describeOneLook(summary, rule);
  expect(look.welch?.pValue).toBeCloseTo(ratings.welch.pValue, 9);
  expect(look.welch?.low).toBeCloseTo(ratings.welch.low, 9);
  expect(look.mannWhitney?.pValue).toBeCloseTo(ratings.mannWhitney.pValue, 9);
  expect(look.shift?.shift).toBe(ratings.mannWhitney.shift);
  expect(look.ratings?.df).toBe(4);
});

test('probability to beat, interval and power belong to one standard error', () => {
  const { score } = describeOneLook(summary, rule);
  const standardError = (score!.high - score!.low) / (2 * 1.959964);
  expect(score!.probabilityToBeat).toBeCloseTo(normalCdf(score!.effect / standardError), 6);
  // (1.644854 + 0.841621) standard errors
  expect(score!.detectableEffect).toBeCloseTo(2.486475 * standardError, 6);
  expect(score!.power).toBeGreaterThan(0.05);
});

test('identical variants are even', () => {
  const { score, mannWhitney } = describeOneLook({ ...summary, candidate: summary.production }, rule);
  expect([score?.effect, score?.probabilityToBeat, mannWhitney?.pValue]).toEqual([0, 0.5, 1]);
});

test('where there is too little to read, nothing is made up', () => {
  const empty = summarizeVariant([]);
  expect(describeOneLook({ production: empty, candidate: empty, usersInBoth: 0 }, rule)).toEqual({
    welch: null,
    mannWhitney: null,
    shift: null,
    ratings: null,
    score: null,
  });
  const allFives = raters([5, 5, 5]);
  expect(describeOneLook({ production: allFives, candidate: allFives, usersInBoth: 0 }, rule).welch).toBeNull();
});
