import type { Forecast } from './decision.js';
import type { JudgedBy } from './judged-by.js';

/** What sentences call the things that count: an answer whose true value was reported is a labelled one. */
export const formatCounted = (judgedBy: JudgedBy = 'ratings'): string =>
  judgedBy === 'labels' ? 'labelled answers' : 'ratings';

/** A ratio as a percentage with at most one decimal: 0.05 → "5 %". */
export const formatPercent = (ratio: number): string => `${Number((ratio * 100).toFixed(1))} %`;

/** A score or a difference of scores, three decimals. */
export const formatScore = (score: number): string => score.toFixed(3);

/** A p-value as it is read: "0.031", "< 0.001". */
export const formatPValue = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));

/** ", about 60 ratings (9 h) more": what a forecast adds to a sentence; empty when nothing can be told. */
export function formatForecast({ ratings, hours }: Forecast, judgedBy?: JudgedBy): string {
  if (ratings === null && hours === null) return '';
  const time =
    hours === null ? null : hours < 48 ? `${Math.max(1, Math.ceil(hours))} h` : `${Math.ceil(hours / 24)} days`;
  if (ratings === null || ratings === 0) return time === null ? '' : `, about ${time} more at current traffic`;
  return `, about ${ratings} more candidate ${formatCounted(judgedBy)}${time === null ? '' : ` (${time} at current traffic)`}`;
}
