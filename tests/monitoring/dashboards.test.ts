import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownMetrics, seriesOf } from '../../monitoring/all-metrics.js';
import {
  exporterSeries,
  nodeProcessSeries,
  otherSeries,
  temporalSdkSeries,
} from '../../monitoring/external-metrics.js';
import { buildDashboard } from '../../monitoring/grafana/dashboard.js';
import { dashboardFolder, dashboards, dashboardText } from '../../monitoring/grafana/generate.js';
import { namesIn } from './names-in-query.js';
import { startPrometheus } from './real-services.js';
import { rules } from './rule-files.js';

const own = ownMetrics.flatMap(({ definitions }) => Object.values(definitions).flatMap(seriesOf));
const recorded = rules.flatMap(({ record }) => (record ? [record] : []));
const known = new Set([
  ...own,
  ...recorded,
  ...temporalSdkSeries,
  ...nodeProcessSeries,
  ...otherSeries,
  ...exporterSeries,
]);

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly refId: string }[];
}
const built = dashboards.map(
  (spec) =>
    buildDashboard(spec) as unknown as { uid: string; title: string; panels: Panel[] } & Record<string, unknown>,
);
const queries = built.flatMap(({ uid, panels }) =>
  panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ where: `${uid}: ${title}`, expr }))),
);

test('the files are what the generator makes, and no others', () => {
  expect(readdirSync(dashboardFolder).sort()).toEqual(dashboards.map(({ uid }) => `${uid}.json`).sort());
  for (const spec of dashboards) {
    const written: unknown = JSON.parse(readFileSync(`${dashboardFolder}${spec.uid}.json`, 'utf8'));
    expect(written, 'run: npx tsx monitoring/grafana/generate.ts').toEqual(JSON.parse(dashboardText(spec)));
  }
});

test('there are at least fifteen, each with its own address and title', () => {
  expect(dashboards.length).toBeGreaterThanOrEqual(15);
  expect(new Set(built.map(({ uid }) => uid)).size).toBe(built.length);
  expect(new Set(built.map(({ title }) => title)).size).toBe(built.length);
});

test.each(built.map((dashboard) => [dashboard.uid, dashboard] as const))(
  'the panels of %s have numbers of their own, queries, and do not overlap',
  (_uid, { panels }) => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const taken = new Set<string>();
    for (const {
      type,
      title,
      gridPos: { x, y, w, h },
      targets = [],
    } of panels) {
      expect(type === 'row' || targets.length > 0, title).toBe(true);
      expect(x + w, title).toBeLessThanOrEqual(24);
      for (let column = x; column < x + w; column++)
        for (let line = y; line < y + h; line++) {
          expect(taken.has(`${column},${line}`), `${title} lies on another panel`).toBe(false);
          taken.add(`${column},${line}`);
        }
    }
  },
);

test('the reader of queries finds the metrics and nothing else', () => {
  expect(
    namesIn(
      'sum by (project, le) (rate(a_bucket{x=~"$y", z="b_c"}[5m])) / on (project) group_left (le) c:d_e:rate5m > 0 or vector(0)',
    ),
  ).toEqual(['a_bucket', 'c:d_e:rate5m']);
});

test('every query of a panel, of a rule and of an annotation is about metrics that exist', () => {
  const annotations = built.flatMap((dashboard) =>
    (dashboard.annotations as { list: { name: string; expr: string }[] }).list.map(({ name, expr }) => ({
      where: name,
      expr,
    })),
  );
  const ruled = rules.map((rule) => ({ where: rule.alert ?? rule.record ?? '', expr: rule.expr }));
  const unknown = [...queries, ...annotations, ...ruled].flatMap(({ where, expr }) =>
    namesIn(expr)
      .filter((name) => !known.has(name))
      .map((name) => `${where}: ${name}`),
  );
  expect(unknown).toEqual([]);
});

test('every metric of our own is on a dashboard or in a rule', () => {
  const used = new Set([...queries.map(({ expr }) => expr), ...rules.map(({ expr }) => expr)].flatMap(namesIn));
  const unused = ownMetrics
    .flatMap(({ definitions }) => Object.values(definitions))
    .filter((definition) => !seriesOf(definition).some((name) => used.has(name)));
  expect(unused.map(({ name }) => name)).toEqual([]);
});

test('a real Prometheus understands every query', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'incumbent-queries-'));
  const file = join(folder, 'prometheus.yml');
  writeFileSync(file, '{}');
  const prometheus = await startPrometheus(file, folder);
  try {
    const refused: string[] = [];
    for (const { where, expr } of queries) {
      const query = expr.replaceAll(/\$\w+/g, '.*');
      const answer = await fetch(`${prometheus.url}/api/v1/query`, {
        method: 'POST',
        body: new URLSearchParams({ query }),
      });
      if (!answer.ok) refused.push(`${where}: ${await answer.text()}`);
    }
    expect(refused).toEqual([]);
  } finally {
    await prometheus.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
