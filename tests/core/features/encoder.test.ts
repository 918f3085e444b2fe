import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FieldProblem } from '../../../core/errors.js';
import { ArtifactInvalidError, InvalidInputError } from '../../../core/errors.js';
import { compileEncoder } from '../../../core/features/compile-encoder.js';
import { encodeRow, encodeRows } from '../../../core/features/encode-rows.js';
import { featureNames, knownCategories, parseEncoderPlan } from '../../../core/features/encoder-plan.js';
import type { FeatureSpec } from '../../../core/features/feature-spec.js';
import { fitEncoder } from '../../../core/features/fit-encoder.js';

const vectors = JSON.parse(readFileSync(new URL('../../vectors/dataset.json', import.meta.url), 'utf8'));
const specs: FeatureSpec[] = [
  { name: 'sqft', kind: 'numeric' },
  { name: 'place', kind: 'target', smoothing: 1, minRows: 2 },
  { name: 'type', kind: 'ordinal', categories: ['Plot', 'Flat'] },
];
const rows = [
  { sqft: 1000, place: 'Hoodi', type: 'Flat' },
  { sqft: 500, place: 'hoodi ', type: 'Plot' },
  { sqft: null, place: 'Begur', type: null },
];
const plan = fitEncoder(specs, rows, [10, 20, 60]);
const encode = (row: Parameters<typeof encodeRow>[1]) => {
  const out = new Float64Array(3);
  const warnings: FieldProblem[] = [];
  encodeRow(plan, row, out, warnings);
  return { values: [...out], warnings };
};

test('smoothed target means agree with scikit-learn’s TargetEncoder', () => {
  const { labels, y, encodings } = vectors.targetEncoding;
  for (const { smoothing, values } of encodings) {
    const [column] = fitEncoder(
      [{ name: 'l', kind: 'target', smoothing, minRows: 1 }],
      labels.map((l: string) => ({ l })),
      y,
    ).columns;
    if (column?.kind !== 'target') throw new Error('expected a target column');
    expect(column.categories.toSorted()).toEqual(Object.keys(values).toSorted());
    for (const [i, category] of column.categories.entries()) expect(column.values[i]).toBeCloseTo(values[category], 9);
  }
});

// prior (10 + 20 + 60) / 3 = 30; Hoodi (10 + 20 + 30) / 3 = 20; other, Begur alone: (60 + 30) / 2 = 45
test('encodes by hand-computed values: number, smoothed mean, index', () => {
  expect(encode({ sqft: 700, place: 'HOODI', type: 'flat' })).toEqual({ values: [700, 20, 1], warnings: [] });
});

test('with `per` the target is divided by that column first', () => {
  const spec: FeatureSpec = { name: 'place', kind: 'target', smoothing: 0, minRows: 1, per: 'sqft' };
  const [column] = fitEncoder([spec], rows, [10, 20, 60]).columns;
  // (10/1000 + 20/500) / 2; the row without an area teaches nothing
  expect(column).toMatchObject({ categories: ['Hoodi'], values: [0.025], other: 0.025, otherCount: 0 });
});

test('what is missing is NaN, for a category of the target kind the value of other', () => {
  expect(encode({})).toEqual({ values: [Number.NaN, 45, Number.NaN], warnings: [] });
});

test('an unknown place is predicted as other and said so', () => {
  const { values, warnings } = encode({ sqft: 700, place: 'Atlantis', type: 'Plot' });
  expect(values).toEqual([700, 45, 0]);
  expect(warnings).toEqual([
    { field: 'place', value: 'Atlantis', message: "place 'Atlantis' is not known: predicted as 'other'" },
  ]);
});

test('a rare place counts as unknown; asking for other itself is no warning', () => {
  expect(encode({ sqft: 700, place: 'Begur', type: 'Plot' }).warnings).toHaveLength(1);
  expect(encode({ sqft: 700, place: 'Other', type: 'Plot' }).warnings).toEqual([]);
});

test('a number outside of the training range is encoded with a warning', () => {
  const { values, warnings } = encode({ sqft: 4000, place: 'Hoodi', type: 'Plot' });
  expect(values[0]).toBe(4000);
  expect(warnings[0]?.message).toBe(
    'sqft 4000 is outside of the training data (500 to 1000): the estimate is less certain',
  );
});

test('names such as constructor or __proto__ are unknown places like any other', () => {
  for (const place of ['constructor', '__proto__', 'toString']) expect(encode({ place }).values[1]).toBe(45);
});

test('many rows are encoded as one by one, column by column', () => {
  const label = fc.oneof(fc.constantFrom('Hoodi', 'begur', 'x', null), fc.string());
  const row = fc.record({ sqft: fc.option(fc.double({ noNaN: true })), place: label, type: label });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 10 }), (some) => {
      const { data, rows: n, columns } = encodeRows(plan, some);
      expect([n, columns, data.length]).toEqual([some.length, 3, 3 * some.length]);
      const one = new Float64Array(3);
      const compiled = compileEncoder(plan);
      for (const [r, each] of some.entries()) {
        compiled(each, one);
        expect([data[r], data[n + r], data[2 * n + r]]).toEqual([...one]);
      }
    }),
  );
});

test('a plan survives JSON and is checked when it comes back', () => {
  expect(parseEncoderPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  for (const broken of [null, {}, { ...plan, format: 2 }, { ...plan, columns: [{ ...plan.columns[1], values: [] }] }]) {
    expect(() => parseEncoderPlan(broken)).toThrow(ArtifactInvalidError);
  }
});

test('a plan lists its inputs and its known places in order of the alphabet', () => {
  const four = fitEncoder(
    [{ name: 'p', kind: 'target', smoothing: 0, minRows: 1 }],
    ['b', 'A', 'c2', 'c10'].map((p) => ({ p })),
    [1, 1, 1, 1],
  );
  expect([featureNames(plan), knownCategories(four, 'p'), knownCategories(plan, 'sqft')]).toEqual([
    ['sqft', 'place', 'type'],
    ['A', 'b', 'c2', 'c10'],
    [],
  ]);
});

test.each([
  ['no rows', specs, [], [], 'at least one training row'],
  ['other shapes', specs, rows, [1], '3 rows and 1 targets'],
  ['a target that is not finite', specs, rows, [1, Number.NaN, 2], 'the target of row 1 is NaN'],
  ['a name twice', [specs[0]!, specs[0]!], rows, [1, 2, 3], "'sqft' is declared twice"],
  ['text in a numeric column', [{ name: 'place', kind: 'numeric' }] as FeatureSpec[], rows, [1, 2, 3], "got 'Hoodi'"],
])('fitting refuses %s', (_, some, from, y, message) => {
  expect(() => fitEncoder(some, from, y)).toThrow(InvalidInputError);
  expect(() => fitEncoder(some, from, y)).toThrow(message);
});
