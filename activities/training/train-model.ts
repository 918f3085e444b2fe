import { Context } from '@temporalio/activity';
import { fromSnapshotCsv } from '../../core/dataset/snapshot-csv.js';
import { splitRows } from '../../core/dataset/split-rows.js';
import { buildReference } from '../../core/drift/build-reference.js';
import { ArtifactInvalidError } from '../../core/errors.js';
import { encodeRows } from '../../core/features/encode-rows.js';
import { featureNames } from '../../core/features/encoder-plan.js';
import { fitEncoder } from '../../core/features/fit-encoder.js';
import { targetValues } from '../../core/features/target-values.js';
import { encodeForest } from '../../core/forest/encode-forest.js';
import { impurityImportances } from '../../core/forest/importances.js';
import { forestToOnnx } from '../../core/forest/onnx.js';
import { predictBatch } from '../../core/forest/predict-batch.js';
import { checkGates } from '../../core/gates/check-gates.js';
import { regressionMetrics } from '../../core/metrics/regression-metrics.js';
import type { ModelProject } from '../../core/project.js';
import { type ModelDocument, modelDocumentSchema } from '../../core/registry/model-document.js';
import { loadModel } from './load-model.js';
import { type DatasetReference, inputColumns, type TrainingDeps } from './training-deps.js';

export interface TrainRequest {
  readonly project: string;
  readonly version: string;
  /** The production version to compare with; null before the first. */
  readonly incumbent: string | null;
  readonly dataset: DatasetReference;
  readonly randomState: number;
  readonly runId: string;
}

/** Which rows are held out never changes, so that an incumbent and a candidate are compared on rows that neither saw. */
const SPLIT_SEED = 0;
/** Rows stored with their predictions, for whoever loads the model to check. */
const EXPECTED_ROWS = 20;

interface Trained {
  readonly metrics: Record<string, number>;
  readonly gateFailures: string[];
}

/** What an earlier attempt of this very run wrote, if it got that far. */
async function alreadyWritten(
  { artifacts }: TrainingDeps,
  prefix: string,
  runId: string,
): Promise<ModelDocument | null> {
  try {
    const bytes = await artifacts.readFile(prefix, 'model.json');
    const document = modelDocumentSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    return document.lineage.runId === runId ? document : null;
  } catch (error) {
    if (error instanceof ArtifactInvalidError) return null;
    throw error;
  }
}

/** Trains on the snapshot, evaluates on its held-out rows, checks the gates, and writes the artifacts whatever they say. */
export async function trainModel(deps: TrainingDeps, project: ModelProject, request: TrainRequest): Promise<Trained> {
  const { objects, registry, artifacts, trainers, codeRevision, now } = deps;
  const { training, target, gates } = project;
  const context = Context.current();
  const { artifactPrefix } = await registry.get(project.name, request.version);

  const rows = fromSnapshotCsv(new TextDecoder().decode(await objects.get(request.dataset.key)));
  const { train, test } = splitRows(rows, training.testRatio, SPLIT_SEED);
  const testTarget = targetValues(test, target.column);

  const incumbent = request.incumbent === null ? null : await loadModel(deps, project, request.incumbent);
  const incumbentMetrics = incumbent && regressionMetrics(testTarget, incumbent.predict(test));
  const judge = (metrics: Record<string, number>): Trained => {
    const own = { mae: metrics.mae ?? Number.NaN, r2: metrics.r2 ?? Number.NaN };
    return { metrics, gateFailures: checkGates(own, incumbentMetrics, gates) };
  };
  const written = await alreadyWritten(deps, artifactPrefix, request.runId);
  if (written) return judge(written.metrics);

  const trainTarget = targetValues(train, target.column);
  const encoder = fitEncoder(project.features, train, trainTarget);
  const X = encodeRows(encoder, train);
  const started = performance.now();
  const { trees } = training.hyperparameters;
  const forest = await trainers[training.algorithm].fit(
    X,
    trainTarget,
    { task: project.task, ...training.hyperparameters, randomState: request.randomState },
    { signal: context.cancellationSignal, onProgress: (done) => context.heartbeat({ treesDone: done, trees }) },
  );
  const trainMs = performance.now() - started;
  const predictions = predictBatch(forest, encodeRows(encoder, test));
  const metrics: Record<string, number> = {
    ...regressionMetrics(testTarget, predictions),
    trainRows: train.length,
    testRows: test.length,
    trainMs: Math.round(trainMs),
    ...(incumbentMetrics ? { incumbentMae: incumbentMetrics.mae, incumbentR2: incumbentMetrics.r2 } : {}),
  };

  const names = featureNames(encoder);
  const columns = inputColumns(project);
  const importances = impurityImportances(forest);
  const document: ModelDocument = {
    format: 1,
    project: project.name,
    version: request.version,
    task: project.task,
    target,
    algorithm: training.algorithm,
    encoder,
    hyperparameters: { ...training.hyperparameters },
    metrics,
    importances: Object.fromEntries(names.map((name, i) => [name, importances[i] ?? 0])),
    expected: test.slice(0, EXPECTED_ROWS).map((row, i) => ({
      row: Object.fromEntries(columns.map((column) => [column, row[column] ?? null])),
      prediction: predictions[i]!,
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
      'reference.json': json(buildReference(project, train, predictions, testTarget)),
      'model.onnx': forestToOnnx(forest, names),
    },
  });
  await registry.describe(project.name, request.version, {
    datasetNumber: request.dataset.number,
    metrics,
    hyperparameters: document.hyperparameters,
    lineage: document.lineage,
  });
  return judge(metrics);
}
