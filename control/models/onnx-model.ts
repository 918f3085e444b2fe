import type { ObjectStore } from '../../activities/ports.js';
import type { Row } from '../../core/dataset/row.js';
import { buildReference } from '../../core/drift/build-reference.js';
import { ArtifactInvalidError } from '../../core/errors.js';
import { encodeRows } from '../../core/features/encode-rows.js';
import { type EncoderPlan, featureNames } from '../../core/features/encoder-plan.js';
import { encodeForest } from '../../core/forest/encode-forest.js';
import { type ImportedForest, importOnnx } from '../../core/forest/import-onnx.js';
import { permutationImportances } from '../../core/forest/permutation-importances.js';
import type { ModelProject } from '../../core/project.js';
import type { ModelDocument } from '../../core/registry/model-document.js';
import { modelOutputs } from '../../core/training/model-outputs.js';
import type { LoadedModel } from './load-model.js';

/** Rows kept with their predictions, for whoever loads the model to check. */
const EXPECTED_ROWS = 20;
const REPEATS = 3;

/** The ONNX file of a folder that holds nothing else; null where the folder is a finished model of this product, or empty. */
export async function findOnnx(objects: ObjectStore, prefix: string): Promise<Uint8Array | null> {
  const names = (await objects.list(prefix)).map((key) => key.slice(prefix.length));
  return names.includes('model.onnx') && !names.includes('manifest.json') ? objects.get(`${prefix}model.onnx`) : null;
}

/** @throws {ArtifactInvalidError} when the trees take something else than what the production model takes */
function checkFits(project: ModelProject, plan: EncoderPlan, { forest, featureNames: given }: ImportedForest): void {
  const names = featureNames(plan);
  if (forest.task !== project.task) {
    throw new ArtifactInvalidError(`the ONNX file holds a ${forest.task}, expected a ${project.task}`);
  }
  if (forest.features !== names.length) {
    throw new ArtifactInvalidError(
      `the ONNX file takes ${forest.features} inputs, expected ${names.length}: ${names.join(', ')}`,
    );
  }
  const at = given ? names.findIndex((name, i) => name !== given[i]) : -1;
  if (given && at >= 0)
    throw new ArtifactInvalidError(`input ${at} of the ONNX file is ${given[at]}, expected ${names[at]}`);
}

/** Class labels in the order of the file's classes; numbers stand for the production model's labels. */
function labelsOf({ forest, labels }: ImportedForest, production: readonly string[]): string[] {
  if (forest.task === 'regression') return [];
  const isNumbered = labels.every((label, k) => label === String(k));
  const own = isNumbered && labels.length === production.length ? [...production] : [...labels];
  const unknown = own.find((label) => !production.includes(label));
  if (unknown === undefined) return own;
  throw new ArtifactInvalidError(`the class ${unknown} is none of ${production.join(', ')}`);
}

interface Measured {
  readonly production: LoadedModel;
  readonly train: readonly Row[];
  readonly test: readonly Row[];
  /** The target's value or class number of each test row, by labels. */
  readonly actual: (labels: readonly string[]) => Float64Array;
  readonly dataset: { readonly number: number; readonly key: string };
  readonly now: Date;
}

/**
 * Makes a whole model of an ONNX file: its trees are fed what the production model's encoder makes of a row. What the file does not tell (how
 * important the features are, what was seen in training) is measured on the latest snapshot.
 *
 * @throws {ArtifactInvalidError} when the file cannot be taken over, or takes other inputs
 */
export function onnxModel(project: ModelProject, bytes: Uint8Array, measured: Measured): LoadedModel {
  const { production, train, test, dataset, now } = measured;
  const imported = importOnnx(bytes);
  const { forest } = imported;
  checkFits(project, production.plan, imported);
  const labels = labelsOf(imported, production.document.classes ?? []);
  const outputs = (rows: readonly Row[]) => modelOutputs(forest, encodeRows(production.plan, rows), labels);
  const actual = measured.actual(labels);
  const X = encodeRows(production.plan, test);
  const losses = permutationImportances(forest, X, actual, { repeats: REPEATS }).mean.map((loss) => Math.max(0, loss));
  const total = losses.reduce((sum, loss) => sum + loss, 0);
  const names = featureNames(production.plan);
  const said = outputs(test).values;
  const columns = production.plan.columns.map(({ name }) => name);
  const document: ModelDocument = {
    format: 1,
    project: project.name,
    version: production.document.version,
    task: project.task,
    target: { column: project.target.column, unit: project.target.unit },
    ...(labels.length > 0 ? { classes: labels } : {}),
    algorithm: 'onnx',
    encoder: production.plan,
    hyperparameters: { trees: forest.trees },
    metrics: {},
    importances: Object.fromEntries(names.map((name, i) => [name, total > 0 ? losses[i]! / total : 0])),
    expected: test.slice(0, EXPECTED_ROWS).map((row, i) => ({
      row: Object.fromEntries(columns.map((column) => [column, row[column] ?? null])),
      prediction: said[i]!,
    })),
    lineage: {
      datasetKey: dataset.key,
      datasetNumber: dataset.number,
      trainRows: train.length,
      testRows: test.length,
      randomState: 0,
      runId: '',
      parentVersion: null,
      codeRevision: null,
      trainedAt: now.toISOString(),
    },
  };
  const reference = buildReference(project, train, said, actual);
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  return {
    document,
    plan: production.plan,
    files: {
      'model.json': json(document),
      'forest.bin': encodeForest(forest),
      'reference.json': json(reference),
      'model.onnx': bytes,
    },
    outputs,
  };
}
