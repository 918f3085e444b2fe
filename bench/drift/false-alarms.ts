import { assessDrift } from '../../core/drift/assess-drift.js';
import { buildReference } from '../../core/drift/build-reference.js';
import { DriftAccumulator } from '../../core/drift/drift-accumulator.js';
import { MADE_FEATURES, type MadeRow, madeDay } from './made-days.js';

export interface FalseAlarms {
  readonly rowsPerDay: number;
  readonly referenceRows: number;
  readonly days: number;
  /** Share of days on which any distribution is called drift. */
  readonly drift: number;
  /** Share of days on which any distribution is called drift or warned about. */
  readonly warn: number;
  /** Share of days on which any mean moved by more than 20 %: the plain reading. */
  readonly plain: number;
}

const settings = { percentageThreshold: 20, scoreThreshold: 0.3 };

function referenceOf(rows: readonly MadeRow[]) {
  const project = { features: MADE_FEATURES, task: 'regression' as const };
  return buildReference(
    project,
    rows.map((row) => row.input),
    rows.map((row) => row.prediction),
  );
}

/** Days drawn from the very distribution of the reference (or, with a shift, from another): how often is drift called? */
export function countAlarms(rowsPerDay: number, days: number, shift = 0, referenceRows = 10_000): FalseAlarms {
  const reference = referenceOf(madeDay(referenceRows, 1));
  let [drift, warn, plain] = [0, 0, 0];
  for (let day = 0; day < days; day++) {
    const accumulator = new DriftAccumulator(reference, day);
    for (const { input, prediction } of madeDay(rowsPerDay, 1_000 + day, shift)) accumulator.add(input, prediction);
    const report = assessDrift(reference, accumulator.result(), settings);
    if (report.status === 'drift') drift++;
    if (report.status === 'drift' || report.status === 'warn') warn++;
    if (report.overall_drift_detected) plain++;
  }
  return { rowsPerDay, referenceRows, days, drift: drift / days, warn: warn / days, plain: plain / days };
}
