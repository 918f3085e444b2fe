import { describeFailure } from '../projects/project-failure.js';
import type { PartStatus } from './part.js';
import { partNames } from './part-names.js';
import type { PlacedProject, PlacedSettings } from './place-projects.js';
import { shownAddress } from './shown-address.js';
import { findOnPath } from './tools/find-on-path.js';

/** A table with aligned columns, the first line underlined. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0), title.length),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Every part of a stack as a table; passwords are hidden. */
export function partsTable(parts: readonly PartStatus[]): string {
  return table(
    ['part', 'state', 'pid', 'address', 'version'],
    parts.map((part) => [
      part.name,
      part.state,
      part.pids.join(' ') || '–',
      shownAddress(part.address) || '–',
      part.version || '–',
    ]),
  );
}

/** What a newcomer may send: the project's own endpoint by name, else the short form in the order of the features. */
function samplePrediction({ project, ports }: PlacedProject): string {
  const { endpoints, example = {}, features } = project;
  const router = `http://localhost:${ports.router}`;
  const [path, body] = endpoints?.predict
    ? [`/api/predict_${endpoints.predict.name}`, example]
    : ['/predict', { features: features.map(({ name }) => example[name] ?? null) }];
  return `curl -X POST ${router}${path} -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
}

const sharedParts: Readonly<Record<string, string>> = {
  web: 'web app: pages for visitors, operations of every project at /ops',
  control: 'control API',
  temporal: 'Temporal',
  postgres: 'database (password: npm run stack -- status --json)',
  prometheus: 'metrics, rules and alerts (docs/monitoring.md)',
  alertmanager: 'who is told of alerts',
  s3: 'models and datasets (keys: npm run stack -- status --json)',
};

/** Part name → what it does, in the order people look for them. */
function descriptions(projects: readonly PlacedProject[]): Record<string, string> {
  const several = projects.length > 1;
  const own = projects.map((placed, i): [string, string][] => {
    const { project } = placed;
    const names = partNames(placed, i === 0);
    const of = several ? ` of ${project.name}` : '';
    const candidate = project.candidateWeightPercent;
    const shares = `${Math.round((100 - candidate) * 100) / 100}/${candidate}`;
    return [
      [names.router, `predictions${of}, ${shares} between production and candidate`],
      [names.production, `production model${of}`],
      [names.candidate, `candidate model${of}`],
    ];
  });
  const routers = own.map(([router]) => router!);
  const models = own.flatMap(([, ...rest]) => rest);
  const { web, control, ...rest } = sharedParts;
  return Object.fromEntries([...routers, ['web', web!], ['control', control!], ...models, ...Object.entries(rest)]);
}

/** Where Prometheus is, for who did not ask for it. */
function monitoringHint(parts: readonly PartStatus[]): string[] {
  if (parts.some((part) => part.name === 'prometheus')) return [];
  const path = findOnPath(['prometheus']);
  return path === null ? [] : ['', `Prometheus is at ${path}: npm start -- --with-monitoring starts it on this stack.`];
}

/** What a user sees when everything is up: where things are, and three things to try. */
export function startSummary(
  parts: readonly PartStatus[],
  { ports, projects, failures }: Pick<PlacedSettings, 'ports' | 'projects' | 'failures'>,
  portOffset: number,
): string {
  const addresses = parts.filter((part) => part.address !== '' && part.name !== 'worker');
  const temporalIsLocal = parts.some((part) => part.name === 'temporal' && part.state === 'ready');
  const what = descriptions(projects);
  const order = Object.keys(what);
  const rows = addresses
    .toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
    .map((part) => [part.name, shownAddress(part.address), what[part.name] ?? '']);
  const webUi = `http://localhost:${ports.TEMPORAL_UI_PORT}`;
  if (temporalIsLocal)
    rows.splice(projects.length + 1, 0, ['temporal ui', webUi, 'every workflow and schedule of the loop']);
  const [first] = projects;
  return [
    '',
    table(['part', 'address', 'what'], rows),
    '',
    ...failures.map((failure) => `Left out: project ${failure.project}: ${describeFailure(failure)}`),
    'Try next:',
    `  1. A prediction:  ${samplePrediction(first!)}`,
    ...projects.slice(1).map((placed) => `     of ${placed.project.name}:  ${samplePrediction(placed)}`),
    `  2. Users with ratings, until a decision:  ${portOffset === 0 ? '' : `ROUTER_PORT=${ports.ROUTER_PORT} CONTROL_PORT=${ports.CONTROL_PORT} `}npm run traffic -- --until-decision`,
    `  3. Open http://localhost:${ports.WEB_PORT} as a visitor, then its /ops to run the loop${temporalIsLocal ? ` (workflows: ${webUi})` : ''}`,
    ...monitoringHint(parts),
    '',
    'Ctrl-C stops everything and keeps its state.',
  ].join('\n');
}
