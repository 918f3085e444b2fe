import { rowLosses } from '../training/evaluate-outputs.js';
import type { GateEvidence, GateResult } from './gate-evidence.js';
import type { GateSettings } from './gate-settings.js';
import { lossDifference } from './loss-difference.js';
import { type Slice, slicesOf } from './slices.js';
import { figure, percent } from './wording.js';

const DEFAULT_MIN_ROWS = 20;
/** Chance of failing a model for any of its slices where there is nothing wrong. */
const FALSE_ALARM = 0.05;

/** One slice, and by how much it is worse than it may be; above 0 it fails. */
interface Judged {
  readonly value: number;
  readonly isTooMuch: boolean;
  readonly told: string;
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const pick = (values: Float64Array, { rows }: Slice) => Float64Array.from(rows, (r) => values[r]!);
/** Whether the whole interval of the mean difference lies above the line. */
const isAbove = (losses: Float64Array, others: Float64Array, line: number, confidence: number) =>
  lossDifference(losses, others, confidence).low > line;
const nameOf = ({ column, value, rows }: Slice) => `${column} '${value}' (${rows.length} rows)`;

/**
 * The worst slice against the whole, and the slice that lost most against the incumbent. A slice fails only where
 * chance does not explain it, counting that many slices were looked at.
 */
export function sliceGates(evidence: GateEvidence, { slices: settings }: GateSettings): GateResult[] {
  if (settings === undefined) return [];
  const slices = slicesOf(evidence.rows, settings.by, settings.minRows ?? DEFAULT_MIN_ROWS);
  if (slices.length === 0) return [];
  const { actual, candidate, incumbent } = evidence;
  const confidence = 1 - FALSE_ALARM / slices.length;
  const losses = rowLosses(actual, candidate);
  const size = candidate.probabilities === null ? actual.map(Math.abs) : actual.map(() => 1);
  const overall = mean(losses) / mean(size);

  const againstWhole = slices.map((slice): Judged => {
    const own = pick(losses, slice);
    const scale = mean(pick(size, slice)) * overall;
    const loss = mean(own);
    const value = loss === 0 ? 0 : loss / scale;
    const told = `the relative loss of ${nameOf(slice)} is ${figure(value)} times that of all rows (${percent(overall)})`;
    const isTooMuch =
      value > settings.maxRatio && isAbove(own, new Float64Array(own.length), settings.maxRatio * scale, confidence);
    return { value, isTooMuch, told };
  });
  const results = [resultOf('slices.worst', againstWhole, settings.maxRatio, 'times')];

  if (incumbent !== null) {
    const theirs = rowLosses(actual, incumbent);
    const againstIncumbent = slices.map((slice): Judged => {
      const [own, before] = [pick(losses, slice), pick(theirs, slice)];
      const value = mean(own) === mean(before) ? 0 : mean(own) / mean(before) - 1;
      const told = `the mean loss of ${nameOf(slice)} is ${percent(value)} above the incumbent's`;
      return { value, isTooMuch: value > settings.maxIncrease && isAbove(own, before, 0, confidence), told };
    });
    results.push(resultOf('slices.incumbent', againstIncumbent, settings.maxIncrease, 'share'));
  }
  return results;
}

/** The worst of those that fail, else the worst of all. */
function resultOf(gate: string, judged: readonly Judged[], limit: number, unit: 'times' | 'share'): GateResult {
  const failed = judged.filter(({ isTooMuch }) => isTooMuch);
  const worst = (failed.length > 0 ? failed : judged).reduce((a, b) => (b.value > a.value ? b : a));
  const allowed = unit === 'times' ? `${limit} times` : percent(limit);
  const reason = `${worst.told}; ${allowed} is allowed where chance does not explain it`;
  return { gate, passed: failed.length === 0, value: worst.value, limit, reason };
}
