import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isSigned } from '../../adapters/notifiers/signature.js';
import { createRandom } from '../../core/stats/random.js';
import { ownMetrics } from '../../monitoring/all-metrics.js';
import { buildDashboard } from '../../monitoring/grafana/dashboard.js';
import { dashboards } from '../../monitoring/grafana/generate.js';
import { askedHomes } from '../../stack/traffic/asked-homes.js';
import { createPlayer } from '../../stack/traffic/player.js';
import { Tally } from '../../stack/traffic/tally.js';
import { eventually, startReceiver } from '../monitoring/real-services.js';
import { freePortOffset, type StackUnderTest, startStack } from './stack.js';

// The stack as `npm start -- --with-monitoring` runs it, after everything that leaves a trace in a metric has happened once.

/** Panels that may be empty here, and why. */
const EMPTY: Readonly<Record<string, string>> = {
  containers: 'its exporters run beside the containers only',
  'alerts: Firing': 'nothing fires in a healthy stack',
};

const folder = mkdtempSync(join(tmpdir(), 'incumbent-monitored-'));
let stack: StackUnderTest;
let offset: number;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
const secret = 'known to both sides only';
const at = (port: number) => `http://127.0.0.1:${port + offset}`;

async function send(url: string, body: unknown, type = 'application/json'): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(url, { method: 'POST', headers: { 'content-type': type }, body: text });
}

/** One of everything: people with ratings and true prices, a batch, mistakes, a decision, drift, another candidate. */
async function live(): Promise<void> {
  // the first experiment ends without a decision: its successor is the one that people see
  await stack.run('stack/trigger.ts', 'train');
  const play = createPlayer(await askedHomes({}), {
    router: stack.router,
    users: 200,
    ratingShare: 0.8,
    random: createRandom(1),
    tally: new Tally(),
  });
  for (let round = 0; round < 15; round++) await Promise.all(Array.from({ length: 20 }, play));
  const home = { total_sqft: 1000, location: 'Whitefield', bhk: 2, bath: 2 };
  for (let i = 0; i < 30; i++) {
    const headers = { 'content-type': 'application/json', 'x-user-id': `seller-${i}` };
    const body = JSON.stringify(home);
    const answer = await fetch(`${stack.router}/api/predict_home_price`, { method: 'POST', headers, body });
    const { prediction_id, estimated_price } = (await answer.json()) as Record<string, number>;
    const feedback = { prediction_id, feedback_type: 'actual_price', feedback_value: estimated_price! * 1.1 };
    await send(`${stack.router}/api/feedback`, feedback);
  }
  const answer = await send(`${stack.router}/api/predict_home_price`, home);
  const { prediction_id } = (await answer.json()) as { prediction_id: number };
  const feedback_value = 'call me: visitor@example.com';
  await send(`${stack.router}/api/feedback`, { prediction_id, feedback_type: 'comment', feedback_value });
  expect((await fetch(`${stack.router}/api/get_location_names`)).status).toBe(200);
  const table = 'total_sqft,location,bhk,bath\n1000,Hebbal,2,2\n';
  const job = await send(`${stack.control}/api/predict/batch/jobs?project=home-prices`, table, 'text/csv');
  expect(job.ok, await job.text()).toBe(true);
  // both slots: a candidate's user can make mistakes, too
  for (const port of [6001, 6002]) {
    await send(`${at(port)}/api/predict_home_price`, { ...home, bhk: 'many' });
    const batch = await send(
      `${at(port)}/api/predict/batch`,
      'total_sqft,location,bhk,bath\n1000,Hebbal,2,2\nx,Hebbal,2,2\n',
      'text/csv',
    );
    await batch.text();
  }
  for (const step of ['evaluate', 'drift']) await stack.run('stack/trigger.ts', step);
  const triggered = await send(`${stack.control}/api/schedules/home-prices-drift-daily/trigger`, {
    reason: 'to be seen',
  });
  expect(triggered.status, await triggered.text()).toBe(202);
}

beforeAll(async () => {
  offset = await freePortOffset();
  receiver = await startReceiver();
  const variables = {
    SCRAPE_INTERVAL: '1s',
    LOG_LEVEL: 'warn',
    NOTIFY_WEBHOOK_URL: `${receiver.url}/hook`,
    NOTIFY_WEBHOOK_SECRET: secret,
  };
  stack = await startStack(join(folder, 'home'), offset, variables, ['--with-monitoring']);
  await live();
}, 400_000);
afterAll(async () => {
  await stack?.stop();
  await receiver?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

async function query(expr: string): Promise<{ error: string | null; series: number }> {
  const body = new URLSearchParams({ query: expr.replaceAll(/\$\w+/g, '.*') });
  const answer = await fetch(`${at(9090)}/api/v1/query`, { method: 'POST', body });
  const { error = null, data } = (await answer.json()) as { error?: string; data?: { result: unknown[] } };
  return { error, series: data?.result.length ?? 0 };
}

const PORTS: Readonly<Record<string, readonly number[]>> = {
  inference: [6001, 6002],
  router: [7100],
  control: [6600],
  worker: [6700],
};
const jobs = Object.keys(PORTS);
const scrape = async (port: number) => (await fetch(`${at(port)}/metrics`)).text();

test('Prometheus scrapes every part', async () => {
  await eventually('all targets are up', async () => {
    const { data } = (await (await fetch(`${at(9090)}/api/v1/targets`)).json()) as {
      data: { activeTargets: { labels: { job: string }; health: string }[] };
    };
    const up = data.activeTargets.filter(({ health }) => health === 'up').map(({ labels }) => labels.job);
    expect(up.toSorted()).toEqual(
      [
        'alertmanager',
        'control',
        'inference',
        'inference',
        'prometheus',
        'router',
        'temporal-sdk',
        'worker',
      ].toSorted(),
    );
    return true;
  });
});

test.each(jobs)('%s exposes the metrics that are named for it, no others, each with its help', async (job) => {
  const named = ownMetrics.filter((part) => part.job === job).flatMap(({ definitions }) => Object.values(definitions));
  for (const port of PORTS[job]!) {
    const text = await scrape(port);
    const helped = [...text.matchAll(/^# HELP (\S+) (.+)$/gm)].map(([, name, help]) => [name!, help!] as const);
    const own = helped.filter(([name]) => !/^(process|nodejs)_/.test(name));
    expect(Object.fromEntries(own)).toEqual(Object.fromEntries(named.map(({ name, help }) => [name, help])));
  }
});

test('every panel has something to show: no error, no metric that nobody tells', async () => {
  const panels = dashboards.flatMap((spec) =>
    (buildDashboard(spec).panels as { title: string; targets?: { expr: string }[] }[]).flatMap(
      ({ title, targets = [] }) => targets.map(({ expr }) => ({ uid: spec.uid, where: `${spec.uid}: ${title}`, expr })),
    ),
  );
  expect(panels.length).toBeGreaterThan(100);
  const empty = async () => {
    const found: string[] = [];
    for (const { uid, where, expr } of panels) {
      const { error, series } = await query(expr);
      if (error !== null) found.push(`${where}: ${error}`);
      else if (series === 0 && !(uid in EMPTY) && !(where in EMPTY)) found.push(`${where}: ${expr}`);
    }
    return found;
  };
  // the figures of the loop are read anew every 15 seconds
  let last: string[] = [];
  await eventually(
    'all panels show something',
    async () => {
      last = await empty();
      return last.length === 0 ? true : undefined;
    },
    60,
  ).catch(() => expect(last).toEqual([]));
});

test('people hear of what the loop did, in messages that they can trust', async () => {
  const message = await eventually('the end of the first experiment', () =>
    receiver.received.find(({ body }) => body.includes('"kind":"experiment_ended"')),
  );
  const { body, headers } = message;
  const timestamp = String(headers['x-incumbent-timestamp']);
  const signature = String(headers['x-incumbent-signature']);
  expect(isSigned({ secret, body, timestamp, signature, now: new Date() })).toBe(true);
  expect(JSON.parse(body)).toMatchObject({ project: 'home-prices', title: 'CO1: experiment ended' });
});

test('rules are evaluated without an error', async () => {
  const { data } = (await (await fetch(`${at(9090)}/api/v1/rules`)).json()) as {
    data: { groups: { name: string; rules: { name: string; health: string; lastError?: string }[] }[] };
  };
  const rules = data.groups.flatMap((group) => group.rules);
  expect(rules.length).toBeGreaterThan(40);
  expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
});

test('/metrics answers within 20 ms with all series', async () => {
  for (const port of Object.values(PORTS).flat()) {
    const times: number[] = [];
    for (let i = 0; i < 15; i++) {
      const begun = performance.now();
      await scrape(port);
      times.push(performance.now() - begun);
    }
    // the quickest quarter: other suites have the processors, too
    expect(times.toSorted((a, b) => a - b)[3], `port ${port}`).toBeLessThanOrEqual(20);
  }
});
