import type { DriftStatus } from './drift-report.js';

/** One drift report, reduced to what the rule needs. */
export interface DriftDay {
  /** UTC day of the window's end, YYYY-MM-DD. */
  readonly day: string;
  readonly status: DriftStatus;
  readonly severe: boolean;
}

export interface RetrainingVerdict {
  readonly retrain: boolean;
  readonly reason: string;
}

const WINDOW_DAYS = 3;
const NEEDED = 2;
const MS_PER_DAY = 86_400_000;

/**
 * Retrains when drift was found on 2 of the last 3 calendar days, or today was severe. A single day of drift is a
 * sale, a holiday, a bot; several reports of one day count once, the worst of them.
 *
 * @param today YYYY-MM-DD; reports of later days are not looked at
 */
export function needsRetraining(reports: readonly DriftDay[], today: string): RetrainingVerdict {
  const age = ({ day }: DriftDay) => (Date.parse(today) - Date.parse(day)) / MS_PER_DAY;
  const recent = reports.filter((report) => age(report) >= 0 && age(report) < WINDOW_DAYS && report.status === 'drift');
  if (recent.some((report) => report.severe && report.day === today)) {
    return { retrain: true, reason: `severe drift on ${today}` };
  }
  const days = [...new Set(recent.map((report) => report.day))].sort();
  if (days.length >= NEEDED) return { retrain: true, reason: `drift on ${days.join(' and ')}` };
  const found = days.length === 0 ? 'no drift' : `drift only on ${days[0]}`;
  return { retrain: false, reason: `${found} in the last ${WINDOW_DAYS} days; ${NEEDED} days are needed` };
}
