import { encodeRows } from '../../core/features/encode-rows.js';
import { type EncoderPlan, featureNames } from '../../core/features/encoder-plan.js';
import type { Forest } from '../../core/forest/forest.js';
import type { GateEvidence } from '../../core/gates/gate-evidence.js';
import { strongestFeature } from '../../core/gates/strongest-feature.js';
import { evaluateOutputs } from '../../core/training/evaluate-outputs.js';
import type { ModelOutputs } from '../../core/training/model-outputs.js';
import { measureLatencyUs } from './measure-latency.js';
import type { TrainingRows } from './training-rows.js';

/** All that the gates judge, measured. */
export function gateEvidence(
  { train, trainTarget, test, testTarget, labels }: TrainingRows,
  encoder: EncoderPlan,
  forest: Forest,
  candidate: ModelOutputs,
  incumbent: ModelOutputs | null,
): GateEvidence {
  const strongest = strongestFeature(encodeRows(encoder, train), trainTarget, featureNames(encoder), labels.length);
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of trainTarget) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return {
    rows: test,
    actual: testTarget,
    candidate,
    incumbent,
    metrics: evaluateOutputs(testTarget, candidate),
    trainRange: { min, max },
    ...(strongest && { strongestFeature: strongest }),
    latencyUs: measureLatencyUs(encoder, forest, test),
  };
}
