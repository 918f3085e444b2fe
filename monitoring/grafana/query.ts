import type { PanelSpec } from './panel.js';

/** The selector of the project that a dashboard shows, and of its variant. */
export const P = 'project=~"$project"';
export const PV = `${P}, variant=~"$variant"`;

/** A metric of the project, with its legend. */
export const by = (legend: string, metric: string) => ({ [legend]: `${metric}{${P}}` });

/** @param labels what the histogram is kept apart by, with commas */
export function quantile(q: number, metric: string, labels: string, selector = ''): string {
  const series = `${metric}_bucket${selector && `{${selector}}`}`;
  return `histogram_quantile(${q}, sum by (${labels}, le) (rate(${series}[5m])))`;
}

/** A panel of how often something happens, by a label. */
export const frequency = (title: string, metric: string, label: string): PanelSpec => ({
  title,
  unit: 'reqps',
  queries: { [`{{${label}}}`]: `sum by (${label}) (rate(${metric}[5m]))` },
});

/** A panel of how long something takes, by a label. */
export const duration = (title: string, metric: string, label: string): PanelSpec => ({
  title,
  unit: 's',
  queries: { [`{{${label}}}`]: quantile(0.95, metric, label) },
});
