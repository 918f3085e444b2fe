import type { PartStatus } from './part.js';
import type { StackPorts } from './settings.js';
import { shownAddress } from './shown-address.js';

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

/** What a user sees when everything is up: where things are, and three things to try. */
export function startSummary(parts: readonly PartStatus[], ports: StackPorts, portOffset: number): string {
  const addresses = parts.filter((part) => part.address !== '' && part.name !== 'worker');
  const temporalIsLocal = parts.some((part) => part.name === 'temporal' && part.state === 'ready');
  const what: Record<string, string> = {
    router: 'predictions, 80/20 between production and candidate',
    web: 'the price page with ratings, and the dashboard',
    control: 'control API',
    'infer-prod': 'production model',
    'infer-cand': 'candidate model',
    temporal: 'Temporal',
    postgres: 'database (password: npm run stack -- status --json)',
    s3: 'models and datasets (keys: npm run stack -- status --json)',
  };
  const order = Object.keys(what);
  const rows = addresses
    .toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
    .map((part) => [part.name, shownAddress(part.address), what[part.name] ?? '']);
  const webUi = `http://localhost:${ports.TEMPORAL_UI_PORT}`;
  if (temporalIsLocal) rows.splice(2, 0, ['temporal ui', webUi, 'every workflow and schedule of the loop']);
  const sample = '{"total_sqft": 1000, "location": "Whitefield", "bhk": 2, "bath": 2}';
  const router = `http://localhost:${ports.ROUTER_PORT}`;
  return [
    '',
    table(['part', 'address', 'what'], rows),
    '',
    'Try next:',
    `  1. A prediction:  curl -X POST ${router}/api/predict_home_price -H 'Content-Type: application/json' -d '${sample}'`,
    `  2. Users with ratings, until a decision:  ${portOffset === 0 ? '' : `ROUTER_PORT=${ports.ROUTER_PORT} CONTROL_PORT=${ports.CONTROL_PORT} `}npm run traffic -- --until-decision`,
    `  3. Open http://localhost:${ports.WEB_PORT} and rate a price${temporalIsLocal ? `, then see the loop at ${webUi}` : ''}`,
    '',
    'Ctrl-C stops everything and keeps its state.',
  ].join('\n');
}
