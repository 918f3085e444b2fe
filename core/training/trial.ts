import type { Row } from '../dataset/row.js';
import { encodeRows } from '../features/encode-rows.js';
import { fitEncoder } from '../features/fit-encoder.js';
import { fitForest } from '../forest/fit-forest.js';
import { checkGates, gateFailures } from '../gates/check-gates.js';
import type { ModelProject } from '../project.js';
import { classLabels } from './class-labels.js';
import { evaluateOutputs } from './evaluate-outputs.js';
import { holdOutRows } from './hold-out-rows.js';
import { modelOutputs } from './model-outputs.js';
import { targetVector } from './target-vector.js';

/** What a trial training shows. */
export interface Trial {
  /** On the rows that training holds out. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Gates that the model would not pass, with the reasons. */
  readonly failures: readonly string[];
}

/**
 * Trains a project's forest once, here and now, as the loop would train a first model of it, and judges it by the gates.
 *
 * @param rows clean rows of the project
 * @throws {DatasetInvalidError} when the target cannot be learnt
 */
export function trial(project: ModelProject, rows: readonly Row[], randomState = 0): Trial {
  const labels = project.task === 'classification' ? classLabels(project, rows) : [];
  const { train, test } = holdOutRows(project, rows);
  const trainTarget = targetVector(project, train, labels);
  const testTarget = targetVector(project, test, labels);
  const encoder = fitEncoder(project.features, train, trainTarget);
  const options = { ...project.training.hyperparameters, task: project.task, randomState };
  const classes = labels.length > 0 ? { classes: labels.length } : {};
  const forest = fitForest(encodeRows(encoder, train), trainTarget, { ...options, ...classes });
  const outputs = modelOutputs(forest, encodeRows(encoder, test), labels);
  const metrics = evaluateOutputs(testTarget, outputs);
  const evidence = { rows: test, actual: testTarget, candidate: outputs, incumbent: null, metrics };
  return { metrics, failures: gateFailures(checkGates(evidence, project.gates)) };
}
