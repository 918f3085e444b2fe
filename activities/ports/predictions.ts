import type { Row } from '../../core/dataset/row.js';
import type { ConceptEvidence } from '../../core/drift/judge-concept.js';
import type { Slot } from '../../core/registry/version.js';

export interface PredictionWindow {
  readonly start: Date;
  readonly end: Date;
}

export interface PredictionReader {
  /** Predictions of one variant in the window, oldest first, a page at a time. */
  pages(
    project: string,
    variant: Slot,
    window: PredictionWindow,
    pageSize: number,
  ): AsyncIterable<readonly { input: Row; prediction: number }[]>;
  /**
   * How right a model's predictions turned out, as far as people told within the window.
   *
   * @param classes what it names, in the order of their numbers; none for a regression
   */
  outcomes(
    project: string,
    version: string,
    window: PredictionWindow,
    classes?: readonly string[],
  ): Promise<ConceptEvidence>;
}
