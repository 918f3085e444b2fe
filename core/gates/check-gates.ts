import type { GateEvidence, GateResult } from './gate-evidence.js';
import type { GateSettings } from './gate-settings.js';
import { incumbentGate } from './incumbent-gate.js';
import { latencyGate } from './latency-gate.js';
import { leakageGate } from './leakage-gate.js';
import { metricGates } from './metric-gates.js';
import { predictionGates } from './prediction-gates.js';
import { sliceGates } from './slice-gates.js';

/** What every gate of a project says about a trained model; one that fails keeps it out. */
export function checkGates(evidence: GateEvidence, settings: GateSettings): GateResult[] {
  return [
    ...metricGates(evidence, settings),
    ...incumbentGate(evidence, settings),
    ...sliceGates(evidence, settings),
    ...leakageGate(evidence, settings),
    ...predictionGates(evidence, settings),
    ...latencyGate(evidence, settings),
  ];
}

/** Why a model must not be deployed; empty when nothing stands against it. */
export function gateFailures(results: readonly GateResult[]): string[] {
  return results.filter(({ passed }) => !passed).map(({ reason }) => reason);
}
