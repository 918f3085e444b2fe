import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as containers from './container-dashboards.js';
import { buildDashboard, type DashboardSpec } from './dashboard.js';
import * as loop from './loop-dashboards.js';
import * as model from './model-dashboards.js';
import * as platform from './platform-dashboards.js';
import * as serving from './serving-dashboards.js';

export const dashboards: readonly DashboardSpec[] = [serving, loop, model, platform, containers].flatMap((group) =>
  Object.values(group),
);

export const dashboardFolder = fileURLToPath(new URL('./dashboards/', import.meta.url));

/** What the file of a dashboard holds. */
export const dashboardText = (spec: DashboardSpec): string => `${JSON.stringify(buildDashboard(spec), null, 2)}\n`;

// `tsx monitoring/grafana/generate.ts` writes dashboards/*.json; `biome check --write` then lays them out
if (process.argv[1] === import.meta.filename) {
  mkdirSync(dashboardFolder, { recursive: true });
  for (const spec of dashboards) writeFileSync(`${dashboardFolder}${spec.uid}.json`, dashboardText(spec));
}
