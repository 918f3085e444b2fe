import { expect, test } from 'vitest';
import { assessDrift } from '../../../core/drift/assess-drift.js';
import { buildReference } from '../../../core/drift/build-reference.js';
import { DriftAccumulator } from '../../../core/drift/drift-accumulator.js';
import type { FeatureSpec } from '../../../core/features/feature-spec.js';

const features: FeatureSpec[] = [
  { name: 'sqft', kind: 'numeric' },
  { name: 'place', kind: 'target', smoothing: 1, minRows: 1 },
];
const training = Array.from({ length: 400 }, (_, i) => ({ sqft: 500 + i, place: i % 4 === 0 ? 'other' : 'Hoodi' }));
const reference = buildReference(
  { features, task: 'regression' },
  training,
  training.map((row) => row.sqft),
);

function qualityOf(rows: readonly { sqft: number | null; place: string | null }[]) {
  const accumulator = new DriftAccumulator(reference);
  for (const row of rows) accumulator.add(row, 700);
  const { data_quality, status } = assessDrift(reference, accumulator.result(), {
    percentageThreshold: 20,
    scoreThreshold: 0.3,
  });
  return { rows: data_quality, status };
}

const spoiled = (share: number, spoil: object) =>
  training.slice(0, 200).map((row, i) => (i < 200 * share ? { ...row, ...spoil } : row));
const find = (found: ReturnType<typeof qualityOf>, name: string, check: string) =>
  found.rows.find((row) => row.name === name && row.check === check)!;

test.each([
  ['missing', 'sqft', { sqft: null }],
  ['out_of_range', 'sqft', { sqft: 5_000 }],
  ['missing', 'place', { place: null }],
])('%s values of %s are called at 20 %% and let pass at 4 %%', (check, name, spoil) => {
  expect(find(qualityOf(spoiled(0.2, spoil)), name, check)).toMatchObject({ status: 'drift', reference_share: 0 });
  expect(find(qualityOf(spoiled(0.04, spoil)), name, check)).toMatchObject({
    status: 'stable',
    current_share: expect.closeTo(0.04, 1),
  });
});

test('unseen places count against the share of other in training, and are named', () => {
  const third = find(
    qualityOf(spoiled(1, { place: 'Hoodi' }).map((row, i) => (i % 4 ? row : { ...row, place: 'Atlantis' }))),
    'place',
    'unseen_category',
  );
  expect(third).toMatchObject({ status: 'stable', reference_share: 0.25, current_share: 0.25, examples: ['Atlantis'] });
  expect(find(qualityOf(spoiled(0.6, { place: 'Atlantis' })), 'place', 'unseen_category').status).toBe('drift');
});

test('quality stands apart: it does not make the distributions drift', () => {
  expect(qualityOf(spoiled(0.2, { place: null })).rows.some((row) => row.status === 'drift')).toBe(true);
  const sane = training.map((row, i) => (i % 5 === 0 ? { ...row, place: null } : row));
  expect(qualityOf(sane)).toMatchObject({ status: 'drift' });
});
