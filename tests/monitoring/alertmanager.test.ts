import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildAlertmanagerConfig, inhibitedNames, type Timing } from '../../monitoring/alertmanager/build-config.js';
import { receiversFrom } from '../../monitoring/alertmanager/write-config.js';
import { createMetrics, loopMetricDefinitions } from '../../monitoring/metrics.js';
import { eventually, startAlertmanager, startPrometheus, startReceiver } from './real-services.js';
import { alerts, ruleFiles } from './rule-files.js';
import { startSmtpSink } from './smtp-sink.js';
import { requireTool, run } from './tools.js';

const source = fileURLToPath(new URL('../../monitoring/alertmanager/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'incumbent-alerts-'));
const config = join(folder, 'alertmanager.yml');
const quick: Timing = { groupWait: '1s', groupInterval: '1s', repeatCritical: '1h', repeatOther: '1h' };
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let mail: Awaited<ReturnType<typeof startSmtpSink>>;
let alertmanager: Awaited<ReturnType<typeof startAlertmanager>>;

beforeAll(async () => {
  receiver = await startReceiver();
  mail = await startSmtpSink();
  cpSync(`${source}templates`, join(folder, 'templates'), { recursive: true });
  writeFileSync(join(folder, 'slack-url'), `${receiver.url}/slack`);
  writeFileSync(join(folder, 'token'), 'token of the webhook');
  const settings = {
    webhook: { url: `${receiver.url}/webhook`, tokenFile: join(folder, 'token') },
    slack: { urlFile: join(folder, 'slack-url'), channel: '#models' },
    email: {
      to: 'on-call@example.com',
      from: 'alerts@example.com',
      smarthost: `127.0.0.1:${mail.port}`,
      requireTls: false,
    },
  };
  writeFileSync(config, JSON.stringify(buildAlertmanagerConfig(settings, quick)));
  alertmanager = await startAlertmanager(config, folder);
});
afterAll(async () => {
  await alertmanager?.stop();
  await Promise.all([receiver?.stop(), mail?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

interface Message {
  readonly receiver: string;
  readonly status: string;
  readonly alerts: readonly { readonly status: string; readonly labels: Readonly<Record<string, string>> }[];
}

/** Tells Alertmanager of alerts with the labels and texts of our rules, as Prometheus does. */
async function raise(...labels: readonly Readonly<Record<string, string>>[]): Promise<void> {
  const body = labels.map((own) => {
    const rule = alerts.find(({ alert }) => alert === own.alertname);
    if (!rule) throw new Error(`no alert of this name: ${own.alertname}`);
    return { labels: { ...rule.labels, ...own }, annotations: rule.annotations };
  });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${alertmanager.url}/api/v2/alerts`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}
const messages = (path: string) =>
  receiver.received.filter((one) => one.path === path).map(({ body }) => JSON.parse(body) as Message);
const told = (name: string, project: string) =>
  messages('/webhook').filter(
    ({ alerts: [first] }) => first?.labels.alertname === name && first.labels.project === project,
  );

test('amtool accepts the configuration with all receivers and the one without any', () => {
  const amtool = requireTool('amtool');
  expect(run(amtool, 'check-config', config)).toContain('SUCCESS');
  expect(run(amtool, 'check-config', `${source}alertmanager.yml`)).toContain('SUCCESS');
});

test('the configuration that is shipped is the one that is built', () => {
  expect(parse(readFileSync(`${source}alertmanager.yml`, 'utf8'))).toEqual(buildAlertmanagerConfig());
});

test('inhibition speaks of alerts that exist', () => {
  const known = alerts.map(({ alert }) => alert);
  expect(inhibitedNames.filter((name) => !known.includes(name))).toEqual([]);
});

test('an e-mail receiver without a sender is refused', () => {
  expect(() => receiversFrom({ ALERT_EMAIL_TO: 'a@example.com' })).toThrow('ALERT_EMAIL_FROM');
  expect(receiversFrom({})).toEqual({});
});

test.each([
  ['critical', 'critical'],
  ['warning', 'warning'],
  ['info', 'info'],
])('an alert of severity %s goes to the receiver %s', (severity, name) => {
  const said = run(
    requireTool('amtool'),
    'config',
    'routes',
    'test',
    `--config.file=${config}`,
    `severity=${severity}`,
  );
  expect(said.trim()).toBe(name);
});

test('a critical alert reaches webhook, Slack and e-mail, several instances in one message', async () => {
  const labels = { alertname: 'PredictionErrorRateHigh', project: 'one', variant: 'production' };
  await raise({ ...labels, instance: 'a' }, { ...labels, instance: 'b' });
  const [message] = await eventually('webhook', () =>
    told('PredictionErrorRateHigh', 'one').length ? told('PredictionErrorRateHigh', 'one') : undefined,
  );
  expect([message?.receiver, message?.status, message?.alerts.length]).toEqual(['critical', 'firing', 2]);
  expect(receiver.received.find(({ path }) => path === '/webhook')?.headers.authorization).toBe(
    'Bearer token of the webhook',
  );
  const slack = await eventually('Slack', () =>
    receiver.received.find(({ path, body }) => path === '/slack' && body.includes('(one)')),
  );
  const { channel, attachments } = JSON.parse(slack.body) as {
    channel: string;
    attachments: { title: string; text: string; color: string }[];
  };
  expect([channel, attachments[0]?.title, attachments[0]?.color]).toEqual([
    '#models',
    '[FIRING 2] PredictionErrorRateHigh (one)',
    'danger',
  ]);
  expect(attachments[0]?.text).toContain('Runbook: docs/runbooks/prediction-error-rate-high.md');
  const letter = await eventually('e-mail', () => mail.mails.find(({ data }) => data.includes('(one)')));
  expect([letter.from, letter.to]).toEqual(['alerts@example.com', ['on-call@example.com']]);
  expect(letter.data).toMatch(/^Subject: \[FIRING 2\] PredictionErrorRateHigh \(one\)$/m);
});

test('a consequence is not told while its cause fires', async () => {
  await raise({ alertname: 'ModelDriftSevere', project: 'two' });
  await eventually('the cause', () => (told('ModelDriftSevere', 'two').length ? true : undefined));
  await raise({ alertname: 'ModelDrift', project: 'two' }, { alertname: 'ModelDrift', project: 'three' });
  await eventually('another project is told', () => (told('ModelDrift', 'three').length ? true : undefined));
  await new Promise((resolve) => setTimeout(resolve, 2_000)); // as long again as the other project took at most
  expect(told('ModelDrift', 'two')).toEqual([]);
});

test('what is silenced is not told', async () => {
  const at = `--alertmanager.url=${alertmanager.url}`;
  run(
    requireTool('amtool'),
    at,
    'silence',
    'add',
    'project=four',
    '--comment=maintenance',
    '--author=test',
    '--duration=1h',
  );
  await raise({ alertname: 'ModelOld', project: 'four' }, { alertname: 'ModelOld', project: 'five' });
  await eventually('what is not silenced', () => (told('ModelOld', 'five').length ? true : undefined));
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(told('ModelOld', 'four')).toEqual([]);
});

test('from a fault to the receiver: two scrape intervals at most, and the end of it is told too', async () => {
  const registry = new Registry();
  const { trainingFailedInRow } = createMetrics(registry, loopMetricDefinitions);
  trainingFailedInRow.set({ project: 'six' }, 0);
  const target = createServer(async (_request, response) => {
    response.setHeader('content-type', registry.contentType);
    response.end(await registry.metrics());
  });
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const { port } = target.address() as { port: number };
  const file = join(folder, 'prometheus.yml');
  const alerting = { alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanager.url).host] }] }] };
  const scrape = [{ job_name: 'worker', static_configs: [{ targets: [`127.0.0.1:${port}`] }] }];
  const global = { scrape_interval: '1s', evaluation_interval: '1s' };
  writeFileSync(file, JSON.stringify({ global, rule_files: ruleFiles, alerting, scrape_configs: scrape }));
  const prometheus = await startPrometheus(file, folder);
  try {
    await eventually('a scrape', async () => {
      const found = await fetch(`${prometheus.url}/api/v1/query?query=training_consecutive_failures`);
      const { data } = (await found.json()) as { data: { result: unknown[] } };
      return data.result.length ? true : undefined;
    });
    expect(told('TrainingFailed', 'six')).toEqual([]);
    trainingFailedInRow.set({ project: 'six' }, 1);
    const fault = Date.now();
    await eventually('the alert', () => (told('TrainingFailed', 'six').length ? true : undefined));
    // scrape (1 s) + evaluation (1 s) + group_wait (1 s), and one second for two busy processors
    expect(Date.now() - fault).toBeLessThan(4_000);
    trainingFailedInRow.set({ project: 'six' }, 0);
    await eventually('the end', () =>
      told('TrainingFailed', 'six').some(({ status }) => status === 'resolved') ? true : undefined,
    );
  } finally {
    await prometheus.stop();
    target.closeAllConnections();
    target.close();
  }
});
