import { dataShortage } from '../data-shortage.js';
import { forecastMinimum } from '../forecast.js';
import { formatForecast } from '../wording.js';
import type { Stage } from './stage.js';

/** a. Below the minimum nothing is decided. */
export const dataStage: Stage = ({ summary, rule, ageHours, effect, context: { judgedBy } }) => {
  const shortage = dataShortage(summary.production, summary.candidate, rule, judgedBy);
  if (shortage === null && effect !== null) return null;
  const needed = forecastMinimum({ ...summary, ageHours }, rule);
  const missing = shortage ?? 'each variant needs two users and an observation of every part of the score';
  return {
    stage: 'data',
    verdict: 'insufficient_data',
    reason: `Too little data to judge: ${missing}${formatForecast(needed, judgedBy)}.`,
    needed,
  };
};
