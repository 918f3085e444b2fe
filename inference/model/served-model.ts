import type { Row } from '../../core/dataset/row.js';
import type { FieldProblem } from '../../core/errors.js';
import { compileEncoder } from '../../core/features/compile-encoder.js';
import { type EncoderPlan, featureNames } from '../../core/features/encoder-plan.js';
import type { Forest } from '../../core/forest/forest.js';
import { predictRow } from '../../core/forest/predict-row.js';
import type { ModelDocument } from '../../core/registry/model-document.js';

/** A model in memory, ready to answer. */
export interface ServedModel {
  readonly version: string;
  readonly document: ModelDocument;
  readonly plan: EncoderPlan;
  readonly forest: Forest;
  /** Names of the model inputs in the order of the encoded columns. */
  readonly features: readonly string[];
  /** Names of the features whose values are looked up among those of the training data. */
  readonly categorical: readonly string[];
  /**
   * The prediction for one row.
   * @param warnings receives what the caller should know about the answer
   */
  predict(row: Row, warnings?: FieldProblem[]): number;
  /** The row as the forest sees it, shape (features,). */
  encode(row: Row): Float64Array;
  /** The same, into `out`. */
  encodeInto(row: Row, out: Float64Array): void;
}

export function serveModel(document: ModelDocument, plan: EncoderPlan, forest: Forest): ServedModel {
  const encode = compileEncoder(plan);
  const encoded = new Float64Array(plan.columns.length); // one prediction at a time: no await between encode and predict
  return {
    version: document.version,
    document,
    plan,
    forest,
    features: featureNames(plan),
    categorical: plan.columns.filter(({ kind }) => kind !== 'numeric').map(({ name }) => name),
    predict(row, warnings) {
      encode(row, encoded, warnings);
      return predictRow(forest, encoded);
    },
    encode(row) {
      const own = new Float64Array(plan.columns.length);
      encode(row, own);
      return own;
    },
    encodeInto: (row, out) => encode(row, out),
  };
}
