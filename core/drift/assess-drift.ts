import type { DriftSettings } from '../project.js';
import type { CurrentProfile } from './current-profile.js';
import { DEFAULT_DRIFT_LINES, type DriftLines } from './drift-lines.js';
import { driftPercentage } from './drift-percentage.js';
import type { DriftIndicator, DriftReport, DriftStatus } from './drift-report.js';
import { type ConceptEvidence, judgeConcept } from './judge-concept.js';
import { judgeDistributions, type SeriesPair } from './judge-distributions.js';
import { judgeQuality } from './judge-quality.js';
import { modelDriftScore } from './model-drift-score.js';
import type { Moments } from './moments.js';
import type { ReferenceProfile } from './reference-profile.js';

const PREDICTION = 'prediction';
const NO_OUTCOMES: ConceptEvidence = { error: null, ratings: null, ratingsReference: null };

/** Pairs of moments, by name, of the series that have numbers on both sides. */
function numericPairs(pairs: readonly SeriesPair[]): (readonly [string, Moments, Moments])[] {
  return pairs.flatMap(({ name, reference, current }) =>
    reference.kind === 'numeric' && current.kind === 'numeric' && reference.n > 0 && current.n > 0
      ? [[name, reference, current] as const]
      : [],
  );
}

function indicator(reference: Moments, current: Moments, threshold: number): DriftIndicator {
  const percentage = driftPercentage(reference.mean, current.mean);
  return {
    drift_percentage: percentage,
    significant_drift: percentage !== null && percentage > threshold,
    reference_mean: reference.mean,
    current_mean: current.mean,
  };
}

const ORDER: readonly DriftStatus[] = ['insufficient_data', 'stable', 'warn', 'drift'];

function verdict(rows: readonly { name: string; status: DriftStatus; severe: boolean }[]) {
  const status = ORDER[Math.max(...rows.map((row) => ORDER.indexOf(row.status)))]!;
  const names = rows.filter((row) => row.status === status).map((row) => row.name);
  const severe = rows.some((row) => row.status === 'drift' && row.severe);
  const reason =
    status === 'insufficient_data'
      ? 'too few predictions to compare with the reference'
      : status === 'stable'
        ? 'nothing has moved enough to matter'
        : `${status} in ${names.join(', ')}`;
  return { status, severe, reason };
}

/**
 * Compares a window of predictions with what the model was trained on.
 * `drift_indicators`, `overall_drift_detected` and `model_drift_score` are plain readings of the means and spreads,
 * whatever the number of rows; `status` needs a test and an effect size, and enough rows.
 *
 * @param settings thresholds of the plain readings
 * @param outcomes what is known about how right the model was, for concept drift
 */
export function assessDrift(
  reference: ReferenceProfile,
  current: CurrentProfile,
  settings: DriftSettings,
  outcomes: ConceptEvidence = NO_OUTCOMES,
  lines: DriftLines = DEFAULT_DRIFT_LINES,
): DriftReport {
  const features: SeriesPair[] = Object.entries(reference.columns).map(([name, series]) => {
    const now = current.columns[name];
    if (!now) throw new TypeError(`the current profile has no column '${name}'`);
    return { name, reference: series, current: now };
  });
  const prediction: SeriesPair = { name: PREDICTION, reference: reference.prediction, current: current.prediction };
  const all = [...features, prediction];

  const indicators = Object.fromEntries(
    numericPairs(all).map(([name, before, now]) => [name, indicator(before, now, settings.percentageThreshold)]),
  );
  const score = modelDriftScore(numericPairs(features).map(([, before, now]) => [before, now]));
  const rows = judgeDistributions(all, lines);
  const concept = judgeConcept(reference.error, outcomes, lines, reference.prediction.kind === 'category');
  return {
    overall_drift_detected: Object.values(indicators).some((each) => each.significant_drift),
    drift_indicators: indicators,
    model_drift_score: score,
    model_drift_alert: score > settings.scoreThreshold,
    ...verdict([...rows, ...concept]),
    rows: current.rows,
    features: rows.slice(0, -1),
    prediction: rows.at(-1)!,
    data_quality: judgeQuality(features, lines),
    concept,
  };
}
