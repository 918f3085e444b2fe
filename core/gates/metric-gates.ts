import type { GateEvidence, GateResult } from './gate-evidence.js';
import type { GateSettings } from './gate-settings.js';
import { figure, metricName } from './wording.js';

/** Floors and ceilings of the hold-out figures. A figure that was not computed, or is not a number, fails. */
export function metricGates({ metrics }: Pick<GateEvidence, 'metrics'>, settings: GateSettings): GateResult[] {
  return Object.entries(settings.metrics).flatMap(([metric, { min, max }]) => {
    const value = metrics[metric] ?? Number.NaN;
    const told = `hold-out ${metricName(metric)} is ${figure(value)}`;
    const results: GateResult[] = [];
    const gate = `metrics.${metric}`;
    if (min !== undefined) {
      results.push({ gate, passed: value >= min, value, limit: min, reason: `${told}, at least ${min} is needed` });
    }
    if (max !== undefined) {
      results.push({ gate, passed: value <= max, value, limit: max, reason: `${told}, at most ${max} is allowed` });
    }
    return results;
  });
}
