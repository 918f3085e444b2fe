import { buildReference } from '../../core/drift/build-reference.js';
import { type EncoderPlan, featureNames } from '../../core/features/encoder-plan.js';
import { encodeForest } from '../../core/forest/encode-forest.js';
import type { Forest } from '../../core/forest/forest.js';
import { impurityImportances } from '../../core/forest/importances.js';
import { forestToOnnx } from '../../core/forest/onnx.js';
import type { GateResult } from '../../core/gates/gate-evidence.js';
import type { ModelProject } from '../../core/project.js';
import type { ModelDocument } from '../../core/registry/model-document.js';
import type { ModelOutputs } from '../../core/training/model-outputs.js';
import type { Algorithm, Hyperparameters } from '../../core/training/training-settings.js';
import { inputColumns, type TrainingDeps, type TrainRequest } from './training-deps.js';
import type { TrainingRows } from './training-rows.js';

/** Rows stored with their predictions, for whoever loads the model to check. */
const EXPECTED_ROWS = 20;

/** A trained model with all that is known of it. */
export interface TrainedModel {
  readonly forest: Forest;
  readonly encoder: EncoderPlan;
  readonly algorithm: Algorithm;
  readonly hyperparameters: Hyperparameters;
  /** What it says about the held-out rows. */
  readonly outputs: ModelOutputs;
  readonly metrics: Readonly<Record<string, number>>;
  readonly gates: readonly GateResult[];
}

/** Writes the artifacts of a version, whatever its gates say, and describes it in the registry. */
export async function writeModel(
  { artifacts, registry, codeRevision, now }: TrainingDeps,
  project: ModelProject,
  request: TrainRequest,
  artifactPrefix: string,
  { train, test, testTarget, labels }: TrainingRows,
  model: TrainedModel,
): Promise<void> {
  const { forest, encoder, algorithm, hyperparameters, outputs, metrics, gates } = model;
  const names = featureNames(encoder);
  const columns = inputColumns(project);
  const importances = impurityImportances(forest);
  const isRegression = project.task === 'regression';
  const document: ModelDocument = {
    format: 1,
    project: project.name,
    version: request.version,
    task: project.task,
    target: { column: project.target.column, unit: project.target.unit },
    ...(isRegression ? {} : { classes: [...labels] }),
    algorithm,
    encoder,
    hyperparameters: { ...hyperparameters },
    metrics: { ...metrics },
    gates: gates.map((gate) => ({ ...gate, value: Number.isFinite(gate.value) ? gate.value : null })),
    importances: Object.fromEntries(names.map((name, i) => [name, importances[i] ?? 0])),
    expected: test.slice(0, EXPECTED_ROWS).map((row, i) => ({
      row: Object.fromEntries(columns.map((column) => [column, row[column] ?? null])),
      prediction: outputs.values[i]!,
    })),
    lineage: {
      datasetKey: request.dataset.key,
      datasetNumber: request.dataset.number,
      trainRows: train.length,
      testRows: test.length,
      randomState: request.randomState,
      runId: request.runId,
      parentVersion: request.incumbent,
      codeRevision,
      trainedAt: now().toISOString(),
    },
  };
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  await artifacts.write(artifactPrefix, {
    project: project.name,
    version: request.version,
    createdAt: document.lineage.trainedAt,
    files: {
      'model.json': json(document),
      'forest.bin': encodeForest(forest),
      'reference.json': json(buildReference(project, train, outputs.values, testTarget)),
      'model.onnx': forestToOnnx(forest, names),
    },
  });
  await registry.describe(project.name, request.version, {
    datasetNumber: request.dataset.number,
    metrics,
    hyperparameters: { algorithm, ...hyperparameters },
    lineage: document.lineage,
  });
}
