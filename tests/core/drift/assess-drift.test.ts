import { expect, test } from 'vitest';
import { assessDrift } from '../../../core/drift/assess-drift.js';
import { currentOf, reference, rowsOf, settings, vectors } from './vectors.js';

const report = assessDrift(reference, currentOf(vectors.current), settings);

test.each(['a', 'k', 'steady', 'prediction'])('the plain reading of %s agrees with numpy', (name) => {
  const expected = vectors.series[name];
  const indicator = report.drift_indicators[name]!;
  expect(indicator.drift_percentage).toBeCloseTo(expected.drift_percentage, 8);
  expect(indicator.significant_drift).toBe(expected.drift_percentage > 10);
  expect(indicator.reference_mean).toBeCloseTo(expected.mean_reference, 10);
  expect(indicator.current_mean).toBeCloseTo(expected.mean, 10);
});

test('the drift score agrees with numpy and alerts above its line', () => {
  expect(report.model_drift_score).toBeCloseTo(vectors.model_drift_score, 10);
  expect(report.model_drift_alert).toBe(true);
  const calm = assessDrift(reference, currentOf(vectors.current), { ...settings, scoreThreshold: 0.3 });
  expect(calm.model_drift_alert).toBe(false);
});

test.each(['a', 'k', 'steady', 'c', 'prediction'])('test, effect size and PSI of %s agree with scipy', (name) => {
  const expected = vectors.series[name];
  const row = [...report.features, report.prediction].find((each) => each.name === name)!;
  expect(row.statistic).toBeCloseTo(expected.statistic, 8);
  expect(row.p_value).toBeCloseTo(expected.p, 9);
  expect(row.p_adjusted).toBeCloseTo(expected.p_adjusted, 9);
  expect(row.effect_size).toBeCloseTo(expected.effect, 8);
  expect(row.psi).toBeCloseTo(expected.psi, 8);
  expect(row.psi_excess).toBeCloseTo(expected.psi_excess, 8);
});

test('drift needs a test and an effect: moved columns drift, the steady one does not', () => {
  const status = Object.fromEntries([...report.features, report.prediction].map((row) => [row.name, row.status]));
  expect(status).toEqual({ a: 'drift', k: 'drift', steady: 'stable', c: 'drift', prediction: 'drift' });
  expect([report.status, report.reason]).toEqual(['drift', 'drift in a, k, c, prediction']);
  expect(report.features[0]!.severe).toBe(true);
});

test('a sample compared with itself has not moved', () => {
  const same = assessDrift(reference, currentOf(vectors.reference), settings);
  expect([same.status, same.overall_drift_detected, same.model_drift_score]).toEqual([
    'stable',
    false,
    expect.closeTo(0, 12),
  ]);
  for (const row of [...same.features, same.prediction]) expect([row.effect_size, row.p_value]).toEqual([0, 1]);
});

test('with fewer than 100 rows the evidence is insufficient, the plain readings stay', () => {
  const few = Object.fromEntries(
    Object.entries(vectors.current as Record<string, number[]>).map(([k, v]) => [k, v.slice(0, 99)]),
  );
  const small = assessDrift(reference, currentOf(few), settings);
  expect([small.status, small.overall_drift_detected, small.rows]).toEqual(['insufficient_data', true, 99]);
  for (const row of [...small.features, small.prediction])
    expect([row.status, row.p_value]).toEqual(['insufficient_data', null]);
  expect(small.prediction.reason).toBe('99 values now, 1500 in the reference; at least 100 are needed now');
});

test('a window without predictions is a report, not an error, and everything in it is JSON', () => {
  const none = assessDrift(reference, currentOf({ ...vectors.current, prediction: [] }, []), settings);
  expect([none.status, none.overall_drift_detected, none.model_drift_score]).toEqual(['insufficient_data', false, 0]);
  expect(JSON.parse(JSON.stringify(none))).toEqual(none);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

test('a column that is missing everywhere is insufficient data and a matter of quality', () => {
  const rows = rowsOf(vectors.current).map((row) => ({ ...row, k: null }));
  const blind = assessDrift(reference, currentOf(vectors.current, rows), settings);
  expect(blind.features.find((row) => row.name === 'k')?.status).toBe('insufficient_data');
  const quality = blind.data_quality.find((row) => row.name === 'k' && row.check === 'missing');
  expect(quality).toMatchObject({ status: 'drift', reference_share: 0, current_share: 1 });
});
