import type { ArtifactStore, ModelRegistry, ObjectStore, SlotStore } from '../../activities/ports.js';
import type { Row } from '../../core/dataset/row.js';
import { fromSnapshotCsv } from '../../core/dataset/snapshot-csv.js';
import { ArtifactInvalidError, ConflictError, InvalidInputError } from '../../core/errors.js';
import { encodeRows } from '../../core/features/encode-rows.js';
import { parseEncoderPlan } from '../../core/features/encoder-plan.js';
import { decodeForest } from '../../core/forest/decode-forest.js';
import { checkGates, gateFailures } from '../../core/gates/check-gates.js';
import type { ModelProject } from '../../core/project.js';
import { artifactFiles } from '../../core/registry/manifest.js';
import { type ModelDocument, modelDocumentSchema } from '../../core/registry/model-document.js';
import { classLabels } from '../../core/training/class-labels.js';
import { evaluateOutputs, incumbentFigures } from '../../core/training/evaluate-outputs.js';
import { holdOutRows } from '../../core/training/hold-out-rows.js';
import { inLabelOrder, type ModelOutputs, modelOutputs } from '../../core/training/model-outputs.js';
import { targetVector } from '../../core/training/target-vector.js';

const TOLERANCE = 1e-9;

interface Loaded {
  readonly document: ModelDocument;
  readonly files: Record<string, Uint8Array>;
  outputs(rows: readonly Row[]): ModelOutputs;
}

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

async function load(artifacts: ArtifactStore, prefix: string, project: ModelProject): Promise<Loaded> {
  const manifest = await artifacts.readManifest(prefix);
  const files: Record<string, Uint8Array> = {};
  for (const name of artifactFiles) {
    if (name === 'model.onnx' && !manifest.files[name]) continue;
    files[name] = await artifacts.readFile(prefix, name, manifest);
  }
  const parsed = modelDocumentSchema.safeParse(JSON.parse(new TextDecoder().decode(files['model.json'])));
  if (!parsed.success) throw new ArtifactInvalidError(`model.json: ${parsed.error.issues[0]?.message}`);
  const document = parsed.data;
  if (document.project !== project.name || document.task !== project.task) {
    throw new ArtifactInvalidError(
      `model.json is of ${document.project} (${document.task}), expected ${project.name} (${project.task})`,
    );
  }
  const plan = parseEncoderPlan(document.encoder);
  const unknown = plan.columns.find(({ name }) => !project.dataset.columns.includes(name));
  if (unknown) throw new ArtifactInvalidError(`the model reads ${unknown.name}, which ${project.name} does not have`);
  const forest = decodeForest(files['forest.bin']!);
  if (forest.features !== plan.columns.length) {
    throw new ArtifactInvalidError(
      `the forest takes ${forest.features} inputs, the encoder makes ${plan.columns.length}`,
    );
  }
  const outputs = (rows: readonly Row[]) => modelOutputs(forest, encodeRows(plan, rows), document.classes ?? []);
  return { document, files, outputs };
}

function checkExpected({ document, outputs }: Loaded): void {
  const { expected } = document;
  if (expected.length === 0)
    throw new ArtifactInvalidError('model.json has no expected predictions to check the model with');
  const said = outputs(expected.map(({ row }) => row)).values;
  for (const [i, { prediction }] of expected.entries()) {
    if (!(Math.abs(said[i]! - prediction) <= TOLERANCE * Math.max(1, Math.abs(prediction)))) {
      throw new ArtifactInvalidError(`expected row ${i} to give ${prediction}, the forest says ${said[i]}`);
    }
  }
}

/**
 * Takes in a model that was trained elsewhere and lies finished in the bucket: checks every file, measures it on the held-out rows of the
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
  let model: Loaded;
  try {
    model = await load(artifacts, keyPrefix, project);
    checkExpected(model);
  } catch (error) {
    if (!(error instanceof ArtifactInvalidError || error instanceof SyntaxError)) throw error;
    throw new InvalidInputError(`the model at ${keyPrefix} cannot be taken: ${error.message}`, [], { cause: error });
  }
  const dataset = await snapshot(project.name);
  const { version: incumbent } = await slots.get(project.name, 'production');
  if (!dataset || incumbent === null)
    throw new ConflictError(`${project.name} has no model yet to compare with: train one first`);

  const rows = fromSnapshotCsv(new TextDecoder().decode(await objects.get(dataset.key)));
  const labels = project.task === 'classification' ? (model.document.classes ?? classLabels(project, rows)) : [];
  const { test } = holdOutRows(project, rows);
  const actual = targetVector(project, test, labels);
  const { artifactPrefix } = await registry.get(project.name, incumbent);
  const production = await load(artifacts, artifactPrefix, project);
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
