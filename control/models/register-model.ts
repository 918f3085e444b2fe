import type { ArtifactStore, ModelRegistry, ObjectStore, SlotStore } from '../../activities/ports.js';
import { fromSnapshotCsv } from '../../core/dataset/snapshot-csv.js';
import { ArtifactInvalidError, ConflictError, InvalidInputError } from '../../core/errors.js';
import { checkGates, gateFailures } from '../../core/gates/check-gates.js';
import type { ModelProject } from '../../core/project.js';
import { checkExpected } from '../../core/registry/check-expected.js';
import type { ModelDocument } from '../../core/registry/model-document.js';
import { classLabels } from '../../core/training/class-labels.js';
import { evaluateOutputs, incumbentFigures } from '../../core/training/evaluate-outputs.js';
import { holdOutRows } from '../../core/training/hold-out-rows.js';
import { inLabelOrder } from '../../core/training/model-outputs.js';
import { targetVector } from '../../core/training/target-vector.js';
import { type LoadedModel, loadModel } from './load-model.js';
import { findOnnx, onnxModel } from './onnx-model.js';

export interface Registration {
  readonly version: string;
  readonly metrics: Readonly<Record<string, number>>;
  /** Why the gates keep it out; empty when they do not. */
  readonly gateFailures: readonly string[];
}

export interface RegisterDeps {
  readonly artifacts: ArtifactStore;
  readonly objects: ObjectStore;
  readonly registry: ModelRegistry;
  readonly slots: SlotStore;
  /** The latest training snapshot: what the model is measured on. */
  readonly snapshot: (project: string) => Promise<{ readonly number: number; readonly key: string } | null>;
}

/** @throws {InvalidInputError} in the place of what says that a file is not usable */
async function usable<T>(keyPrefix: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ArtifactInvalidError)) throw error;
    throw new InvalidInputError(`the model at ${keyPrefix} cannot be taken: ${error.message}`, [], { cause: error });
  }
}

async function finishedModel(artifacts: ArtifactStore, keyPrefix: string, project: ModelProject): Promise<LoadedModel> {
  const model = await loadModel(artifacts, keyPrefix, project);
  checkExpected(model.document, (rows) => model.outputs(rows).values);
  return model;
}

/**
 * Takes in a model that was trained elsewhere and lies finished in the bucket, or as an ONNX file alone: checks every file, measures it on the held-out rows of the
 * latest snapshot beside the incumbent, applies the gates, and gives it the next CO number.
 *
 * @throws {InvalidInputError} saying what is wrong with its files
 * @throws {ConflictError} before the first training: there is nothing to measure it on
 */
export async function registerModel(
  { artifacts, objects, registry, slots, snapshot }: RegisterDeps,
  project: ModelProject,
  keyPrefix: string,
  { idempotencyKey, now }: { readonly idempotencyKey: string; readonly now: Date },
): Promise<Registration> {
  const onnx = await findOnnx(objects, keyPrefix);
  const finished = onnx ? null : await usable(keyPrefix, () => finishedModel(artifacts, keyPrefix, project));
  const dataset = await snapshot(project.name);
  const { version: incumbent } = await slots.get(project.name, 'production');
  if (!dataset || incumbent === null)
    throw new ConflictError(`${project.name} has no model yet to compare with: train one first`);

  const rows = fromSnapshotCsv(new TextDecoder().decode(await objects.get(dataset.key)));
  const { train, test } = holdOutRows(project, rows);
  const { artifactPrefix } = await registry.get(project.name, incumbent);
  const production = await loadModel(artifacts, artifactPrefix, project);
  const actualBy = (classes: readonly string[]) => targetVector(project, test, classes);
  const measured = { production, train, test, actual: actualBy, dataset, now };
  const model = finished ?? (await usable(keyPrefix, async () => onnxModel(project, onnx!, measured)));
  const labels = project.task === 'classification' ? (model.document.classes ?? classLabels(project, rows)) : [];
  const actual = actualBy(labels);
  const evidence = {
    rows: test,
    actual,
    candidate: model.outputs(test),
    incumbent: inLabelOrder(production.outputs(test), labels),
  };
  const own = evaluateOutputs(actual, evidence.candidate);
  const metrics = { ...own, testRows: test.length, ...incumbentFigures(evaluateOutputs(actual, evidence.incumbent)) };
  const gates = checkGates({ ...evidence, metrics: own }, project.gates);

  const { name, prefix } = project;
  const reserved = await registry.reserve({
    project: name,
    prefix,
    kind: 'CO',
    parentVersion: incumbent,
    idempotencyKey,
  });
  const lineage = { ...model.document.lineage, parentVersion: incumbent };
  const document: ModelDocument = { ...model.document, version: reserved.version, metrics, gates, lineage };
  await artifacts.write(reserved.artifactPrefix, {
    project: name,
    version: reserved.version,
    createdAt: now.toISOString(),
    files: { ...model.files, 'model.json': new TextEncoder().encode(JSON.stringify(document)) },
  });
  const { hyperparameters } = document;
  const origin = { ...lineage, source: keyPrefix };
  await registry.describe(name, reserved.version, { datasetNumber: null, metrics, hyperparameters, lineage: origin });
  const failures = gateFailures(gates);
  await registry.setState(name, reserved.version, failures.length > 0 ? 'rejected' : 'staged');
  return { version: reserved.version, metrics, gateFailures: failures };
}
