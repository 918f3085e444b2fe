import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AlertCase, alertCases, type Series } from './alert-cases.js';
import { alerts, ruleFiles } from './rule-files.js';
import { requireTool, run } from './tools.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'incumbent-rules-'));
let promtool: string;
beforeAll(() => {
  promtool = requireTool('promtool');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One unit test in promtool's format: how many alerts of the name fire at `at`. JSON is YAML. */
function firing(alert: string, series: Series, at: string, count: number, step = '1m') {
  return {
    interval: step,
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [
      {
        expr: `count(ALERTS{alertname="${alert}",alertstate="firing"})`,
        eval_time: at,
        exp_samples: count > 0 ? [{ labels: '{}', value: count }] : [],
      },
    ],
  };
}

/** @throws {Error} with promtool's words when something else fires */
function check(alert: string, tests: readonly object[], step = '1m'): string {
  const file = join(folder, `${alert}.yml`);
  const rule_files = ruleFiles.filter(
    (path) => path.endsWith('recording.yml') || readFileSync(path, 'utf8').includes(`alert: ${alert}\n`),
  );
  writeFileSync(file, JSON.stringify({ rule_files, evaluation_interval: step, tests }));
  return run(promtool, 'test', 'rules', file);
}

test.each(['prometheus.yml', 'prometheus.compose.yml'])('promtool accepts %s and its rules', (file) => {
  const said = run(promtool, 'check', 'config', `${root}monitoring/prometheus/${file}`);
  expect(said).toContain(`SUCCESS: ${ruleFiles.length} rule files found`);
});

test('every alert has a case, and every case an alert', () => {
  expect(Object.keys(alertCases).sort()).toEqual(alerts.map(({ alert }) => alert).sort());
});

test.each(Object.entries(alertCases))('%s fires, and is silent when it should be', (alert, given: AlertCase) => {
  const { at = '30m', step = '1m', count = 1, fires, silent } = given;
  expect(check(alert, [firing(alert, fires, at, count, step), firing(alert, silent, at, 0, step)], step)).toContain(
    'SUCCESS',
  );
});

test('promtool would say it if an alert that should be silent fired', () => {
  const { fires } = alertCases.ModelDrift as AlertCase;
  expect(() => check('ModelDrift', [firing('ModelDrift', fires, '30m', 0)])).toThrow(/FAILED/);
});

test('an alert waits for its time: an error rate above the line for three minutes is not told yet', () => {
  const { fires } = alertCases.PredictionErrorRateHigh as AlertCase;
  const alert = 'PredictionErrorRateHigh';
  expect(check(alert, [firing(alert, fires, '3m', 0), firing(alert, fires, '8m', 1)])).toContain('SUCCESS');
});

test('labels and texts of an alert are filled in', () => {
  const text = {
    interval: '1m',
    input_series: [{ series: 'training_consecutive_failures{project="home-prices"}', values: '3x10' }],
    alert_rule_test: [
      {
        eval_time: '5m',
        alertname: 'TrainingFailsRepeatedly',
        exp_alerts: [
          {
            exp_labels: { severity: 'critical', project: 'home-prices' },
            exp_annotations: {
              summary: 'home-prices: trainings keep failing',
              description: '3 training runs in a row failed: no candidate can replace production.',
              runbook_url: 'docs/runbooks/training-fails-repeatedly.md',
            },
          },
        ],
      },
    ],
  };
  expect(check('TrainingFailsRepeatedly', [text])).toContain('SUCCESS');
});

test.each(alerts.map((rule) => [rule.alert, rule] as const))(
  '%s says how bad it is, what it means and what to do',
  (name, rule) => {
    expect(rule.for).toMatch(/^\d+[mhd]$/);
    expect(rule.labels?.severity).toMatch(/^(critical|warning|info)$/);
    expect(rule.annotations?.summary?.length).toBeGreaterThan(10);
    expect(rule.annotations?.description?.length).toBeGreaterThan(20);
    const runbook = `${root}${rule.annotations?.runbook_url}`;
    expect(existsSync(runbook), runbook).toBe(true);
    expect(readFileSync(runbook, 'utf8')).toMatch(new RegExp(`^# ${name}\n`));
  },
);

test('no runbook is left without its alert', () => {
  const pages = readdirSync(`${root}docs/runbooks`).filter((file) => file !== 'README.md');
  expect(pages.map((page) => `docs/runbooks/${page}`).sort()).toEqual(
    alerts.map((rule) => rule.annotations?.runbook_url).sort(),
  );
});
