import type { GateEvidence, GateResult } from './gate-evidence.js';
import type { GateSettings } from './gate-settings.js';
import { incumbentGate } from './incumbent-gate.js';
import { metricGates } from './metric-gates.js';

/** What every gate of a project says about a trained model; one that fails keeps it out. */
export function checkGates(evidence: GateEvidence, settings: GateSettings): GateResult[] {
  return [...metricGates(evidence, settings), ...incumbentGate(evidence, settings)];
}

/** Why a model must not be deployed; empty when nothing stands against it. */
export function gateFailures(results: readonly GateResult[]): string[] {
  return results.filter(({ passed }) => !passed).map(({ reason }) => reason);
}
