import { buildPanel, PANEL_HEIGHT, type PanelSpec } from './panel.js';

type VariableName = 'project' | 'variant' | 'version';

export interface DashboardSpec {
  /** Also the name of the file and the end of its address. */
  readonly uid: string;
  readonly title: string;
  readonly variables?: readonly VariableName[];
  readonly rows: readonly { readonly title: string; readonly panels: readonly PanelSpec[] }[];
}

const datasource = { type: 'prometheus', uid: 'prometheus' };

const VALUES_OF: Readonly<Record<VariableName, string>> = {
  project: 'label_values(experiment_open, project)',
  variant: 'label_values(prediction_requests_total, variant)',
  version: 'label_values(model_version_requests_total, version)',
};

const variable = (name: VariableName) => ({
  name,
  type: 'query',
  datasource,
  query: { query: VALUES_OF[name], refId: name },
  refresh: 2,
  includeAll: true,
  multi: true,
  allValue: '.*',
  current: { text: 'All', value: '$__all' },
});

const annotation = (name: string, iconColor: string, expr: string) => ({
  name,
  datasource,
  enable: true,
  iconColor,
  expr,
  step: '60s',
  titleFormat: name,
  textFormat: '{{project}}',
});

/** Deliveries of every dashboard: a promotion is a new version in production, a rollback is one by its verdict. */
const annotations = [
  annotation('Promotion', 'green', 'increase(experiment_decisions_total{verdict="promote"}[2m]) > 0'),
  annotation('Rollback', 'red', 'increase(experiment_decisions_total{verdict=~"rollback|harm"}[2m]) > 0'),
  annotation('Deployment to production', 'blue', 'increase(deployments_total{slot="production"}[2m]) > 0'),
];

/** A dashboard as Grafana's JSON: rows of panels laid out from left to right, variables, annotations, links to the others. */
export function buildDashboard({ uid, title, variables = ['project'], rows }: DashboardSpec) {
  const panels: object[] = [];
  let y = 0;
  for (const row of rows) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title: row.title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y, w: 24, h: 1 },
    });
    y += 1;
    let x = 0;
    for (const spec of row.panels) {
      const width = spec.width ?? 8;
      if (x + width > 24) {
        x = 0;
        y += PANEL_HEIGHT;
      }
      panels.push(buildPanel(spec, panels.length + 1, { x, y }));
      x += width;
    }
    y += PANEL_HEIGHT;
  }
  return {
    uid: `incumbent-${uid}`,
    title: `Incumbent / ${title}`,
    tags: ['incumbent'],
    schemaVersion: 39,
    editable: false,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    templating: { list: variables.map(variable) },
    annotations: { list: annotations },
    links: [
      {
        type: 'dashboards',
        title: 'Incumbent',
        tags: ['incumbent'],
        asDropdown: true,
        includeVars: true,
        keepTime: true,
      },
    ],
    panels,
  };
}
