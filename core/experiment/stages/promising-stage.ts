import { forecastPromotion } from '../forecast.js';
import { formatForecast, formatPercent } from '../wording.js';
import { aheadOfLine } from './promotion-stage.js';
import type { Stage } from './stage.js';

/** g. Ahead by enough, but chance could still have done it. */
export const promisingStage: Stage = (reading) => {
  const { effect, summary, ageHours, rule, context } = reading;
  if (effect === null || !aheadOfLine(reading)) return null;
  const needed = forecastPromotion({ ...summary, ageHours }, effect, rule, context.expectedUsers);
  return {
    stage: 'promising',
    verdict: 'promising',
    reason:
      `The candidate scores more than ${formatPercent(rule.promoteRatio - 1)} above production, ` +
      `which may still be chance${formatForecast(needed, context.judgedBy)}.`,
    needed,
  };
};
