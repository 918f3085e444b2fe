import type { SuccessMetric } from './success-metric.js';

/** Whether stars or reported true values count; the numbers are called ratings either way. */
export type JudgedBy = 'ratings' | 'labels';

/** An experiment on accuracy counts true values, whatever the project is judged by otherwise. */
export const judgedByIn = (metric: SuccessMetric, judgedBy: JudgedBy = 'ratings'): JudgedBy =>
  metric === 'accuracy' ? 'labels' : judgedBy;
