import type { Row } from '../../core/dataset/row.js';
import { explainRow } from '../../core/forest/explain-row.js';
import type { ServedModel } from '../model/served-model.js';

/** What each input did to the estimate: base value and contributions add up to it (one list per class otherwise). */
export interface RowExplanation {
  readonly base_value: number | readonly number[];
  readonly contributions: Readonly<Record<string, number | readonly number[]>>;
}

/** Exact TreeSHAP values of one row, in the unit of the prediction for regression. */
export function explanationOf(model: ServedModel, row: Row): RowExplanation {
  const { baseValues, contributions } = explainRow(model.forest, model.encode(row));
  const outputs = baseValues.length;
  const one = (values: Float64Array) => (outputs === 1 ? values[0]! : [...values]);
  return {
    base_value: one(baseValues),
    contributions: Object.fromEntries(
      model.features.map((name, f) => [name, one(contributions.subarray(f * outputs, (f + 1) * outputs))]),
    ),
  };
}
