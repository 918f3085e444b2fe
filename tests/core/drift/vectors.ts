import { readFileSync } from 'node:fs';
import type { Row } from '../../../core/dataset/row.js';
import { buildReference } from '../../../core/drift/build-reference.js';
import { DriftAccumulator } from '../../../core/drift/drift-accumulator.js';
import type { FeatureSpec } from '../../../core/features/feature-spec.js';

/** Two samples and what numpy and scipy say about them (tests/vectors/drift.py). */
export const vectors = JSON.parse(readFileSync(new URL('../../vectors/drift.json', import.meta.url), 'utf8'));

const features: readonly FeatureSpec[] = [
  { name: 'a', kind: 'numeric' },
  { name: 'k', kind: 'numeric' },
  { name: 'steady', kind: 'numeric' },
  { name: 'c', kind: 'target', smoothing: 1, minRows: 1 },
];
export const settings = { percentageThreshold: 10, scoreThreshold: 0.2 };

export function rowsOf(sample: Record<string, (number | string)[]>): Row[] {
  return sample.a!.map((_, i) => Object.fromEntries(features.map(({ name }) => [name, sample[name]![i]!])));
}

export const reference = buildReference(
  { features, task: 'regression' },
  rowsOf(vectors.reference),
  vectors.reference.prediction,
);

export function currentOf(sample: Record<string, (number | string)[]>, rows = rowsOf(sample)) {
  const accumulator = new DriftAccumulator(reference);
  for (const [i, row] of rows.entries()) accumulator.add(row, sample.prediction![i] as number);
  return accumulator.result();
}
