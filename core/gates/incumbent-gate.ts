import { rowLosses } from '../training/evaluate-outputs.js';
import type { GateEvidence, GateResult } from './gate-evidence.js';
import type { GateSettings } from './gate-settings.js';
import { lossDifference } from './loss-difference.js';
import { figure, percent } from './wording.js';

/**
 * Not worse than the incumbent on the same rows. A candidate fails when its mean loss is higher by more than the
 * allowed share and the paired bootstrap puts the whole 95 % interval of the difference above 0: neither a trifle nor
 * chance keeps it out.
 */
export function incumbentGate({ actual, candidate, incumbent }: GateEvidence, settings: GateSettings): GateResult[] {
  if (incumbent === null) return [];
  const found = lossDifference(rowLosses(actual, candidate), rowLosses(actual, incumbent));
  const { maxLossIncrease: limit } = settings;
  const isWorse = found.increase > limit && found.low > 0;
  const isValue = candidate.probabilities === null;
  const told = isValue ? figure : percent;
  const reason =
    `hold-out ${isValue ? 'MAE' : 'share of wrong classes'} is ${told(found.candidate)}, ` +
    `the incumbent's is ${told(found.incumbent)} on the same rows ` +
    `(difference ${told(found.low)} to ${told(found.high)}): at most ${percent(limit)} worse is allowed`;
  return [{ gate: 'incumbent', passed: !isWorse, value: found.increase, limit, reason }];
}
