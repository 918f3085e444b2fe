import { normalCdf } from '../stats/standard-normal.js';
import type { DriftLines } from './drift-lines.js';
import type { ConceptRow } from './drift-report.js';
import type { Moments } from './moments.js';

/** How right the model was, and how it was rated, now and before. null = nothing known. */
export interface ConceptEvidence {
  /** |prediction − actual| / |actual| where the true value was reported in the window; of classes, 1 when wrong. */
  readonly error: Moments | null;
  readonly ratings: Moments | null;
  /** Ratings of the same model in its first days in production. */
  readonly ratingsReference: Moments | null;
}

interface Question {
  readonly name: ConceptRow['name'];
  readonly reference: Moments | null;
  readonly current: Moments | null;
  /** How much worse it has become, in the unit of the line. */
  readonly worsening: (reference: Moments, current: Moments) => number;
  /** Standard error of the difference of the means. */
  readonly spread: (reference: Moments, current: Moments) => number;
  readonly line: number;
  /** +1 when larger is worse. */
  readonly sign: 1 | -1;
}

const welch = (reference: Moments, current: Moments) =>
  Math.sqrt(reference.std ** 2 / reference.n + current.std ** 2 / current.n);

/** Of two shares, from both together: a hold-out without a single mistake is no proof that there never are any. */
function pooled(reference: Moments, current: Moments): number {
  const share = (reference.n * reference.mean + current.n * current.mean) / (reference.n + current.n);
  return Math.sqrt(Math.max(0, share * (1 - share)) * (1 / reference.n + 1 / current.n));
}

function answer({ name, reference, current, worsening, spread, line, sign }: Question, lines: DriftLines): ConceptRow {
  const [before, now] = [reference?.n ?? 0, current?.n ?? 0];
  const base = {
    name,
    reference_mean: before > 0 ? reference!.mean : null,
    current_mean: now > 0 ? current!.mean : null,
    reference_rows: before,
    current_rows: now,
  };
  const least = Math.max(2, lines.minOutcomes);
  if (!reference || !current || before < least || now < least) {
    const reason = `${now} now, ${before} in the reference; at least ${least} of each are needed`;
    return { ...base, status: 'insufficient_data', severe: false, p_value: null, reason };
  }
  const error = spread(reference, current);
  const difference = sign * (current.mean - reference.mean);
  const pValue = error > 0 ? normalCdf(-difference / error) : difference > 0 ? 0 : 1;
  const effect = worsening(reference, current);
  const drifted = pValue < lines.alpha && effect >= line;
  const reason = `${current.mean.toFixed(3)} now, ${reference.mean.toFixed(3)} before: worse by ${effect.toFixed(3)} (line ${line}), p ${pValue.toPrecision(2)}`;
  const severe = drifted && effect >= lines.severeFactor * line;
  return { ...base, status: drifted ? 'drift' : 'stable', severe, p_value: pValue, reason };
}

/**
 * Concept drift: the inputs may look as ever and the model still be wrong by now. Welch's statistic with the normal
 * approximation, one-sided, and an effect line; of wrong classes the statistic of two shares.
 *
 * @param classes whether the model names classes
 */
export function judgeConcept(
  errorReference: Moments | null,
  { error, ratings, ratingsReference }: ConceptEvidence,
  lines: DriftLines,
  classes = false,
): ConceptRow[] {
  const grown = (reference: Moments, current: Moments) =>
    reference.mean > 0 ? current.mean / reference.mean - 1 : current.mean > 0 ? 1 : 0;
  return [
    answer(
      {
        name: classes ? 'wrong_answers' : 'relative_error',
        reference: errorReference,
        current: error,
        worsening: grown,
        spread: classes ? pooled : welch,
        line: lines.errorIncrease,
        sign: 1,
      },
      lines,
    ),
    answer(
      {
        name: 'rating',
        reference: ratingsReference,
        current: ratings,
        worsening: (reference, current) => reference.mean - current.mean,
        spread: welch,
        line: lines.ratingFall,
        sign: -1,
      },
      lines,
    ),
  ];
}
