import type { ModelProject } from '../project.js';
import { accuracyOf } from './success-metric.js';
import { RATING_MAX } from './variant-summary.js';

/**
 * What a reported true value counts in place of stars, on their scale: 0 = wrong, 5 = right; of a number, in between by
 * how near it is.
 *
 * @param actual the name of the true class, or the true value
 * @returns null when it says nothing: a class that the project does not know, a true value of 0
 */
export function labelPoints(
  { task, target }: Pick<ModelProject, 'task' | 'target'>,
  prediction: number,
  actual: string | number,
): number | null {
  if (task === 'classification') {
    const number = target.classes?.indexOf(String(actual)) ?? -1;
    return number < 0 ? null : number === prediction ? RATING_MAX : 0;
  }
  const value = Number(actual);
  return Number.isFinite(value) && value !== 0 ? RATING_MAX * accuracyOf(prediction, value) : null;
}
