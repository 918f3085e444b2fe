import { expect, test } from 'vitest';
import { RandomStream } from '../../../core/forest/random.js';
import { checkGates, gateFailures } from '../../../core/gates/check-gates.js';
import type { GateEvidence } from '../../../core/gates/gate-evidence.js';
import type { GateSettings } from '../../../core/gates/gate-settings.js';
import { evaluateOutputs } from '../../../core/training/evaluate-outputs.js';

const settings: GateSettings = {
  metrics: { r2: { min: 0.7 }, mape: { max: 0.2 } },
  maxLossIncrease: 0.05,
  slices: { by: [{ column: 'kind' }, { column: 'place', largest: 2 }], maxRatio: 2, maxIncrease: 0.5 },
};
const N = 400;
const random = new RandomStream(1);
const noise = Float64Array.from({ length: N }, () => random.uniform() * 2 - 1);
const rows = Array.from({ length: N }, (_, i) => ({ kind: i % 4 === 0 ? 'plot' : 'flat', place: `p${i % 5}` }));
const actual = Float64Array.from({ length: N }, (_, i) => 100 + (i % 50));
/** Predictions that are off by up to so much, row by row. */
const off = (error: (i: number) => number) => ({
  values: actual.map((truth, i) => truth + noise[i]! * error(i)),
  probabilities: null,
  labels: [],
});
function evidence(change: Partial<GateEvidence> = {}): GateEvidence {
  const candidate = change.candidate ?? off(() => 3);
  const metrics = evaluateOutputs(actual, candidate);
  return { rows, actual, incumbent: null, trainRange: { min: 100, max: 149 }, ...change, candidate, metrics };
}
const check = (change: Partial<GateEvidence> = {}, more: Partial<GateSettings> = {}) =>
  checkGates(evidence(change), { ...settings, ...more });
const failures = (change: Partial<GateEvidence> = {}, more: Partial<GateSettings> = {}) =>
  gateFailures(check(change, more));

test('a good first model passes every gate, and each says what it saw', () => {
  const results = check({ latencyUs: 3, strongestFeature: { name: 'sqft', score: 0.6 } });
  expect(gateFailures(results)).toEqual([]);
  expect(results.map(({ gate }) => gate)).toEqual([
    'metrics.r2',
    'metrics.mape',
    'slices.worst',
    'leakage',
    'predictions.constant',
    'predictions.min',
    'predictions.max',
    'latency',
  ]);
  expect(results.every(({ reason, value }) => reason.length > 20 && Number.isFinite(value))).toBe(true);
});

test('figures below their floor or above their ceiling are told with both numbers', () => {
  expect(failures({ candidate: off(() => 60) })).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^hold-out R² is -\d+\.\d+, at least 0.7 is needed$/),
      expect.stringMatching(/^hold-out MAPE is 0\.\d+, at most 0.2 is allowed$/),
    ]),
  );
  expect(failures({}, { metrics: { accuracy: { min: 0.9 } } })).toEqual([
    'hold-out accuracy is NaN, at least 0.9 is needed',
  ]);
});

test('clearly worse than the incumbent on the same rows fails', () => {
  const [reason] = failures({ candidate: off(() => 3.6), incumbent: off(() => 3) });
  expect(reason).toMatch(
    /^hold-out MAE is 1\.\d+, the incumbent's is 1\.\d+ on the same rows \(difference .* to .*\): at most 5 % worse/,
  );
});

test('worse by chance, or by a trifle, passes; so does better', () => {
  expect(failures({ candidate: off(() => 3.1), incumbent: off(() => 3) })).toEqual([]);
  expect(failures({ candidate: off(() => 3), incumbent: off(() => 3.6) })).toEqual([]);
  // 60 rows, errors of the same size in another order: a difference of means without meaning
  const few = { rows: rows.slice(0, 60), actual: actual.slice(0, 60) };
  const cut = (error: (i: number) => number) => ({ ...off(error), values: off(error).values.slice(0, 60) });
  const [candidate, incumbent] = [cut((i) => (i % 2 ? 6 : 0.2)), cut((i) => (i % 2 ? 0.2 : 6))];
  const judged = checkGates({ ...evidence(), ...few, candidate, incumbent }, {
    ...settings,
    slices: undefined,
  } as GateSettings);
  expect(judged.find(({ gate }) => gate === 'incumbent')?.passed).toBe(true);
});

test('one group of rows served far worse than the whole fails, named with its size', () => {
  const candidate = off((i) => (rows[i]!.kind === 'plot' ? 14 : 1));
  expect(failures({ candidate }, { metrics: {} })).toEqual([
    expect.stringMatching(
      /^the relative loss of kind 'plot' \(100 rows\) is 3\.\d+ times that of all rows \(\d\.\d+ %\); 2 times/,
    ),
  ]);
});

test('a group that lost much against the incumbent fails where the whole did not', () => {
  const [candidate, incumbent] = [off((i) => (rows[i]!.place === 'p1' ? 4 : 2.4)), off(() => 2.5)];
  const reasons = failures({ candidate, incumbent }, { maxLossIncrease: 0.2 });
  expect(reasons).toEqual([
    expect.stringMatching(/^the mean loss of place 'p1' \(80 rows\) is 60 % above the incumbent's; 50 %/),
  ]);
});

test('only the largest groups are looked at, and none that are too small', () => {
  const candidate = off((i) => (rows[i]!.place === 'p4' ? 14 : 1));
  expect(failures({ candidate }, { metrics: {} })).toEqual([]);
  const slices = { ...settings.slices!, by: [{ column: 'place' }], minRows: 81 };
  expect(check({}, { slices }).some(({ gate }) => gate.startsWith('slices'))).toBe(false);
});

test('an input that alone explains almost everything fails by its name', () => {
  expect(failures({ strongestFeature: { name: 'price_in_usd', score: 0.999 } })).toEqual([
    "'price_in_usd' alone explains 99.9 % of the target, at most 98 % is plausible: it may hold what is known only afterwards",
  ]);
});

test('predictions far outside of what was trained on, and the same prediction for every row, fail', () => {
  const wild = { ...off(() => 1), values: off(() => 1).values.with(7, 400) };
  expect(failures({ candidate: wild }, { metrics: {}, slices: undefined } as Partial<GateSettings>)).toEqual([
    'the largest prediction is 400, at most 173.5 is plausible',
  ]);
  expect(failures({}, { predictions: { min: 120 } })).toEqual([
    expect.stringMatching(/^the smallest prediction is \d+\.\d+, at least 120 is plausible$/),
  ]);
  const flat = { ...off(() => 0), values: actual.map(() => 120) };
  expect(failures({ candidate: flat }, { metrics: {}, slices: undefined } as Partial<GateSettings>)).toEqual([
    'every held-out row gets the same prediction, 120: the model has learnt nothing',
  ]);
});

test('a model slower than its budget fails', () => {
  expect(failures({ latencyUs: 812.4 })).toEqual(['a prediction takes 812.4 µs, at most 500 µs are allowed']);
  expect(failures({ latencyUs: 21 }, { maxLatencyUs: 20 })).toHaveLength(1);
});

test('classes are compared by the share of wrong ones', () => {
  const truth = Float64Array.from({ length: 300 }, (_, i) => i % 3);
  const wrong = (every: number) => {
    const values = truth.map((k, i) => (i % every === 0 ? (k + 1) % 3 : k));
    const probabilities = new Float64Array(900);
    values.forEach((k, i) => {
      probabilities[i * 3 + k] = 1;
    });
    return { values, probabilities, labels: ['a', 'b', 'c'] };
  };
  const of = (candidate: number, incumbent: number) =>
    gateFailures(
      checkGates(
        { rows: [], actual: truth, candidate: wrong(candidate), incumbent: wrong(incumbent), metrics: {} },
        { metrics: {}, maxLossIncrease: 0.1 },
      ),
    );
  expect(of(10, 10)).toEqual([]);
  expect(of(4, 20)).toEqual([
    expect.stringMatching(/^hold-out share of wrong classes is 25 %, the incumbent's is 5 %/),
  ]);
});
