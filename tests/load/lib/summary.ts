import { settings } from './settings.ts';

/** Percentiles that the thresholds and the summary page use. */
export const summaryTrendStats = ['avg', 'med', 'p(95)', 'p(99)', 'max'];

/** k6 calls this at the end: the numbers go to a file, from which the runner makes the page. */
export function handleSummary(data: unknown): Record<string, string> {
  const text = JSON.stringify(data, null, 2);
  return settings.summaryFile ? { [settings.summaryFile]: text } : { stdout: `${text}\n` };
}
