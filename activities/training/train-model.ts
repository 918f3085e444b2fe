import { Context } from '@temporalio/activity';
import type { Row } from '../../core/dataset/row.js';
import { encodeRows } from '../../core/features/encode-rows.js';
import { fitEncoder } from '../../core/features/fit-encoder.js';
import { checkGates, gateFailures } from '../../core/gates/check-gates.js';
import type { ModelProject } from '../../core/project.js';
import { evaluateOutputs, incumbentFigures } from '../../core/training/evaluate-outputs.js';
import { inLabelOrder, type ModelOutputs, modelOutputs } from '../../core/training/model-outputs.js';
import { readModel } from '../read-model.js';
import { gateEvidence } from './gate-evidence.js';
import { mergeShards } from './shards.js';
import { trainedWith, trainerOptions } from './trainer-options.js';
import type { TrainingDeps, TrainRequest } from './training-deps.js';
import { readTrainingRows } from './training-rows.js';
import { withHeartbeat } from './with-heartbeat.js';
import { writeModel } from './write-model.js';
import { writtenModel } from './written-model.js';

interface Trained {
  readonly metrics: Record<string, number>;
  readonly gateFailures: string[];
}

/** Trains on the snapshot, evaluates on its held-out rows, checks the gates, and writes the artifacts whatever they say. */
export async function trainModel(deps: TrainingDeps, project: ModelProject, request: TrainRequest): Promise<Trained> {
  const context = Context.current();
  const { artifactPrefix } = await deps.registry.get(project.name, request.version);
  const written = await writtenModel(deps, artifactPrefix, request.runId);
  if (written) {
    return {
      metrics: written.metrics,
      gateFailures: (written.gates ?? []).flatMap((g) => (g.passed ? [] : [g.reason])),
    };
  }

  const data = await readTrainingRows(deps, project, request.dataset);
  const { train, trainTarget, test, testTarget, labels } = data;
  const { algorithm, hyperparameters } = await trainedWith(deps, project, request);
  const encoder = fitEncoder(project.features, train, trainTarget);
  const started = performance.now();
  const { parts = [] } = request;
  const forest =
    parts.length > 0
      ? await mergeShards(deps, parts)
      : await withHeartbeat(
          (onProgress) =>
            deps.trainers[algorithm].fit(
              encodeRows(encoder, train),
              trainTarget,
              trainerOptions(project, { hyperparameters }, labels.length, request.randomState),
              { signal: context.cancellationSignal, onProgress },
            ),
          hyperparameters.trees,
        );
  const trainMs = Math.round(performance.now() - started);

  const outputs = modelOutputs(forest, encodeRows(encoder, test), labels);
  const incumbent =
    request.incumbent === null
      ? null
      : inLabelOrder(await incumbentOutputs(deps, project, request.incumbent, test), labels);
  context.heartbeat('gates');
  const evidence = gateEvidence(data, encoder, forest, outputs, incumbent);
  const gates = checkGates(evidence, project.gates);
  const metrics = {
    ...evidence.metrics,
    latencyUs: Number(evidence.latencyUs?.toFixed(2)),
    trainRows: train.length,
    testRows: test.length,
    ...(parts.length > 0 ? { parts: parts.length } : { trainMs }),
    ...(request.found && { [`cv_${request.found.metric}`]: -request.found.score }),
    ...(incumbent && incumbentFigures(evaluateOutputs(testTarget, incumbent))),
  };
  await writeModel(deps, project, request, artifactPrefix, data, {
    forest,
    encoder,
    algorithm,
    hyperparameters,
    outputs,
    metrics,
    gates,
  });
  return { metrics, gateFailures: gateFailures(gates) };
}

/** What the version in production says about the same rows. */
async function incumbentOutputs(
  { artifacts }: TrainingDeps,
  project: ModelProject,
  version: string,
  rows: readonly Row[],
): Promise<ModelOutputs> {
  const { document, plan, forest } = await readModel(artifacts, project, version);
  return modelOutputs(forest, encodeRows(plan, rows), document.classes ?? []);
}
