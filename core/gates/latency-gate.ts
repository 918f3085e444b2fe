import type { GateEvidence, GateResult } from './gate-evidence.js';
import type { GateSettings } from './gate-settings.js';
import { figure } from './wording.js';

const DEFAULT_LIMIT_US = 500;

/** Fast enough to be asked by users. */
export function latencyGate(
  { latencyUs: value }: Pick<GateEvidence, 'latencyUs'>,
  { maxLatencyUs: limit = DEFAULT_LIMIT_US }: GateSettings,
): GateResult[] {
  if (value === undefined) return [];
  const reason = `a prediction takes ${figure(value)} µs, at most ${limit} µs are allowed`;
  return [{ gate: 'latency', passed: value <= limit, value, limit, reason }];
}
