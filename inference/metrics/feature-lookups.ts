import type { Row } from '../../core/dataset/row.js';
import type { FieldProblem } from '../../core/errors.js';
import type { InferenceMetrics } from '../../monitoring/metrics.js';
import type { ServedModel } from '../model/served-model.js';

/**
 * Counts which categories the served model knew: two additions a prediction, told to the metrics when they are read.
 */
export class FeatureLookups {
  readonly #counts = new Map<string, { given: number; unknown: number }>();

  /** @param warnings what the encoder said of this row */
  count({ categorical }: ServedModel, row: Row, warnings: readonly FieldProblem[]): void {
    for (const feature of categorical) if (row[feature] != null) this.#of(feature).given++;
    for (const { field } of warnings) if (categorical.includes(field)) this.#of(field).unknown++;
  }

  /** Tells what was counted since the last time. */
  tell(metric: InferenceMetrics['featureLookups'], project: string): void {
    for (const [feature, counts] of this.#counts) {
      metric.inc({ project, feature, outcome: 'hit' }, counts.given - counts.unknown);
      metric.inc({ project, feature, outcome: 'miss' }, counts.unknown);
      counts.given = 0;
      counts.unknown = 0;
    }
  }

  #of(feature: string) {
    const known = this.#counts.get(feature);
    if (known) return known;
    const counts = { given: 0, unknown: 0 };
    this.#counts.set(feature, counts);
    return counts;
  }
}
