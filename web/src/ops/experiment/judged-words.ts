import type { SuccessMetric } from '../../api/ab-tests.js';
import type { JudgedBy } from '../../api/control.js';

interface JudgedWords {
  readonly one: string;
  readonly many: string;
  readonly mean: string;
}

/** What the pages call that which users say of predictions. */
const words: Readonly<Record<JudgedBy, JudgedWords>> = {
  ratings: { one: 'rating', many: 'ratings', mean: 'mean rating' },
  // a prediction whose true value was told counts 0 (wrong) to 5 (right), in the place of stars
  labels: { one: 'true value', many: 'true values', mean: 'mean points' },
};

export const judgedWords = (judgedBy: JudgedBy = 'ratings'): JudgedWords => words[judgedBy];

/** What a score is made of. */
export function scoreWords(metric: SuccessMetric = 'score', judgedBy: JudgedBy = 'ratings'): string {
  return metric === 'score' ? `70 % ${words[judgedBy].mean}, 30 % latency` : `${metric.replaceAll('_', ' ')} alone`;
}

export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
