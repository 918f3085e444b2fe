import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { ownMetrics } from '../../monitoring/all-metrics.js';
import { metricsPage } from '../../monitoring/generate-docs.js';
import { createMetrics } from '../../monitoring/metrics.js';
import { requireTool } from './tools.js';

const all = ownMetrics.flatMap(({ definitions }) => Object.values(definitions));

test('docs/metrics.md is what the generator makes', () => {
  const page = fileURLToPath(new URL('../../docs/metrics.md', import.meta.url));
  expect(readFileSync(page, 'utf8'), 'run: npx tsx monitoring/generate-docs.ts').toBe(metricsPage());
});

test('there are more than fifty metrics, each named once', () => {
  const names = all.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(50);
});

test('the names that dashboards outside of this project rely on are there', () => {
  const names = all.map(({ name }) => name);
  for (const name of [
    'prediction_requests_total',
    'model_version_requests_total',
    'prediction_latency_seconds',
    'prediction_errors_total',
    'model_drift_score',
  ]) {
    expect(names).toContain(name);
  }
  expect(all.find(({ name }) => name === 'model_version_requests_total')?.labels).toContain('version');
});

test.each(ownMetrics.map((part) => [part.title, part] as const))(
  'promtool finds nothing wrong with the metrics of: %s',
  async (_title, { definitions }) => {
    const registry = new Registry();
    const metrics = createMetrics(registry, definitions);
    for (const [key, metric] of Object.entries(metrics)) {
      const labels = Object.fromEntries((definitions[key]?.labels ?? []).map((label) => [label, 'x']));
      if (metric instanceof Histogram) metric.observe(labels, 1);
      else metric.inc(labels, 1);
    }
    const input = await registry.metrics();
    // it prints what it finds and exits with 3, so this throws when a name or help text is against the conventions
    expect(execFileSync(requireTool('promtool'), ['check', 'metrics'], { input, encoding: 'utf8' })).toBe('');
  },
);

test('labels are few and never hold what users send', () => {
  const unbounded = ['user', 'user_id', 'request_id', 'id', 'path', 'url', 'message', 'error', 'reason', 'location'];
  for (const { name, labels = [] } of all) {
    expect(labels.length, name).toBeLessThanOrEqual(3);
    expect(
      labels.filter((label) => unbounded.includes(label)),
      name,
    ).toEqual([]);
  }
});
