/** Units of Grafana that our figures have. */
export type Unit = 'short' | 'reqps' | 's' | 'bytes' | 'percentunit' | 'dateTimeFromNow' | 'dtdurations' | 'none';

export interface PanelSpec {
  readonly title: string;
  /** What a person should read from it. */
  readonly description?: string;
  readonly kind?: 'timeseries' | 'stat' | 'table' | 'bargauge';
  readonly unit?: Unit;
  /** Legend template to PromQL. `{{label}}` in a legend is filled in by Grafana. */
  readonly queries: Readonly<Record<string, string>>;
  /** From this value on the panel is yellow, then red. */
  readonly lines?: readonly [warning: number, critical: number];
  /** Width in columns of 24; default 8. */
  readonly width?: 4 | 6 | 8 | 12 | 24;
}

const datasource = { type: 'prometheus', uid: 'prometheus' };

/** A panel as Grafana's JSON, at a place on the grid. */
export function buildPanel(spec: PanelSpec, id: number, place: { readonly x: number; readonly y: number }) {
  const { title, description, kind = 'timeseries', unit = 'short', queries, lines, width = 8 } = spec;
  const steps = [
    { color: 'green', value: null },
    ...(lines
      ? [
          { color: 'yellow', value: lines[0] },
          { color: 'red', value: lines[1] },
        ]
      : []),
  ];
  const instant = kind !== 'timeseries';
  return {
    id,
    type: kind,
    title,
    ...(description ? { description } : {}),
    datasource,
    gridPos: { ...place, w: width, h: PANEL_HEIGHT },
    fieldConfig: {
      defaults: {
        unit,
        min: unit === 'percentunit' ? 0 : undefined,
        thresholds: { mode: 'absolute', steps },
        ...(kind === 'timeseries'
          ? {
              custom: {
                lineWidth: 1,
                fillOpacity: 8,
                showPoints: 'never',
                thresholdsStyle: { mode: lines ? 'line' : 'off' },
              },
            }
          : {}),
      },
      overrides: [],
    },
    options:
      kind === 'timeseries' ? { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } } : {},
    targets: Object.entries(queries).map(([legendFormat, expr], index) => ({
      refId: String.fromCharCode(65 + index),
      datasource,
      expr,
      legendFormat,
      ...(instant ? { instant: true, range: false, format: kind === 'table' ? 'table' : 'time_series' } : {}),
    })),
  };
}

export const PANEL_HEIGHT = 8;
