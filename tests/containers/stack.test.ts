import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type ComposeStack, createComposeStack } from './compose-stack.js';

// The whole life of an installation on a real engine, in order: each test goes on where the one before ended.
const project = 'home-prices';
const home = { total_sqft: 1200, location: 'Whitefield', bhk: 2, bath: 2 };
let stack: ComposeStack;

beforeAll(async () => {
  stack = await createComposeStack('incumbent-test');
  await stack.compose(['down', '--volumes', '--remove-orphans', '--timeout', '5']);
  await stack.compose(['build', '--quiet']);
}, 900_000);

afterAll(async () => {
  // the stack may not have come so far
  await stack.monitoring('down', '--volumes', '--timeout', '5').catch(() => {});
  await stack.furtherProject('iris', 'down', '--volumes', '--timeout', '5').catch(() => {});
  await stack.compose(['down', '--volumes', '--remove-orphans', '--timeout', '10']);
}, 120_000);

interface Prediction {
  readonly status: number;
  readonly prediction_id: number;
  readonly model_version: string;
  readonly variant: string;
}

interface Target {
  readonly health: string;
  readonly labels: { readonly job: string };
}

interface Instance {
  readonly role: string;
  readonly healthy: boolean;
  readonly version: string | null;
}

async function predict(user: string, at = stack.url('ROUTER_PORT')): Promise<Prediction> {
  const answer = await fetch(`${at}/api/predict_home_price`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-user-id': user },
    body: JSON.stringify(home),
  });
  return { status: answer.status, ...((await answer.json()) as Omit<Prediction, 'status'>) };
}

const users = (count: number) => Array.from({ length: count }, (_, index) => `user-${index}`);

/** Waits until `read` gives something; a failure of it on the way is part of the waiting. */
async function until<T>(what: string, read: () => Promise<T | null>, seconds = 180): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const value = await read();
      if (value !== null) return value;
    } catch (error) {
      last = error;
    }
    await sleep(500);
  }
  throw new Error(`${what}: not within ${seconds} s`, { cause: last });
}

async function trained(jobId: string) {
  return until(`training ${jobId}`, async () => {
    const { body } = await stack.control('GET', `training/status/${jobId}`);
    return body.status === 'running' ? null : body;
  });
}

/** Waits for the end of a delivery and gives the version that is in production then. */
async function delivered(jobId: string): Promise<string> {
  const status = await until(`delivery ${jobId}`, async () => {
    const { body } = await stack.control('GET', `deploy/status?project=${project}`);
    return body.delivery.job_id === jobId && body.delivery.status !== 'running' ? body : null;
  });
  expect(status.delivery.status, JSON.stringify(status.delivery)).toBe('completed');
  return status.production.version;
}

async function temporal(...args: string[]): Promise<string> {
  return stack.compose(['exec', '-T', 'temporal', 'temporal', ...args, '--address', '127.0.0.1:7233']);
}

async function rowsOf(query: string): Promise<string> {
  return stack.compose(['exec', '-T', 'postgres', 'psql', '-U', 'incumbent', '-d', 'incumbent', '-Atc', query]);
}

test('comes up from nothing: every service healthy, a model in production and a candidate beside it', async () => {
  await stack.compose(['up', '-d']);
  const [bootstrap = ''] = (await stack.compose(['ps', '-aq', 'bootstrap'])).split('\n');
  expect(await stack.docker('wait', bootstrap)).toBe('0');
  await until('every service healthy', async () => {
    const states = await stack.compose(['ps', '-a', '--format', '{{.Service}} {{.State}} {{.ExitCode}} {{.Health}}']);
    const wrong = states.split('\n').filter((line) => !/ running 0 healthy$| exited 0 ?$/.test(line));
    if (wrong.length > 0) throw new Error(wrong.join(', '));
    return true;
  });
}, 600_000);

test('runs unprivileged, on a file system that cannot be written, without any capability', async () => {
  for (const service of ['infer-prod', 'infer-cand', 'router', 'control', 'web', 'worker']) {
    const [id = ''] = await stack.containers(service);
    const [user, readOnly, dropped] = (
      await stack.docker('inspect', '-f', '{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}}', id)
    ).split(' ');
    expect([service, user, readOnly, dropped]).toEqual([service, '1000:1000', 'true', '[ALL]']);
    await expect(stack.docker('exec', id, 'touch', '/app/x')).rejects.toThrow(/Read-only file system/);
  }
});

test('keeps every secret in files: none is in the environment of a container', async () => {
  const secrets = await stack.docker(
    'run',
    '--rm',
    '-v',
    `${stack.project}_secrets:/s:ro`,
    '--entrypoint',
    'sh',
    'postgres:18-alpine',
    '-c',
    'cat /s/postgres-password; echo; cat /s/s3-secret-key',
  );
  const values = secrets.split('\n');
  expect(values.map(({ length }) => length)).toEqual([48, 48]);
  const ids = (await stack.compose(['ps', '-aq'])).split('\n');
  const environments = await stack.docker('inspect', '-f', '{{json .Config.Env}}{{json .Config.Cmd}}', ...ids);
  for (const value of values) expect(environments).not.toContain(value);
});

test('splits users between the slots, and each slot answers at its own port too', async () => {
  const answers = await Promise.all(users(200).map((user) => predict(user)));
  const count = (variant: string) => answers.filter((answer) => answer.variant === variant).length;
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  // 20 % of 200: 40, with a standard deviation of 5.7
  expect(count('candidate')).toBeGreaterThan(15);
  expect(count('candidate')).toBeLessThan(65);
  expect((await predict('a', stack.url('INFER_PROD_PORT'))).model_version).toBe('BO1');
  expect((await predict('a', stack.url('INFER_CAND_PORT'))).model_version).toBe('CO1');
  const [first] = answers;
  const rated = await fetch(`${stack.url('ROUTER_PORT')}/api/feedback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-user-id': 'user-0' },
    body: JSON.stringify({ prediction_id: first!.prediction_id, feedback_type: 'rating', feedback_value: 5 }),
  });
  expect(rated.status).toBeLessThan(300);
});

test('serves the page with both APIs behind it, Temporal’s Web UI and MLflow', async () => {
  for (const url of [
    `${stack.url('WEB_PORT')}/`,
    `${stack.url('WEB_PORT')}/api/get_location_names`,
    `${stack.url('WEB_PORT')}/control/health`,
    `${stack.url('TEMPORAL_UI_PORT')}/`,
    `${stack.url('MLFLOW_PORT')}/health`,
  ]) {
    expect([url, (await fetch(url)).status]).toEqual([url, 200]);
  }
  const anonymous = await fetch(`${stack.url('CONTROL_PORT')}/api/production?project=${project}`);
  expect(anonymous.status).toBe(401);
});

test('promotes the candidate, rolls back, and every user sees the change', async () => {
  const promoted = await stack.control('PUT', 'models/CO1/promote', { project, reason: 'container test' });
  expect(promoted.status, JSON.stringify(promoted.body)).toBe(202);
  expect(await delivered(promoted.body.job_id)).toBe('BO2');
  const after = await Promise.all(users(20).map((user) => predict(user)));
  expect(new Set(after.map((answer) => answer.model_version))).toEqual(new Set(['BO2']));

  const back = await stack.control('POST', 'deploy/rollback', { project, reason: 'container test' });
  expect(back.status, JSON.stringify(back.body)).toBe(202);
  expect(await delivered(back.body.job_id)).toBe('BO1');
  const restored = await Promise.all(users(20).map((user) => predict(user)));
  expect(new Set(restored.map((answer) => answer.model_version))).toEqual(new Set(['BO1']));
}, 400_000);

test('scales production to three; the loss of one under load costs no answer, and it comes back', async () => {
  await stack.compose(['up', '-d', '--no-deps', '--scale', 'infer-prod=3', '--wait', 'infer-prod']);
  const ids = await stack.containers('infer-prod');
  expect(ids).toHaveLength(3);
  await until('three production instances', async () => {
    const { body } = await stack.control('GET', `deploy/status?project=${project}`);
    const serving = body.instances.map(({ role, healthy, version }: Instance) => `${role} ${healthy} ${version}`);
    return serving.filter((line: string) => line === 'production true BO1').length === 3 ? true : null;
  });
  await sleep(3000); // the router reads the list of instances every second
  const traffic = (async () => {
    const statuses: number[] = [];
    for (const end = Date.now() + 12_000; Date.now() < end; ) {
      statuses.push(...(await Promise.all(users(20).map(async (user) => (await predict(user)).status))));
    }
    return statuses;
  })();
  await sleep(1500);
  const pid = await stack.docker('inspect', '-f', '{{.State.Pid}}', ids[0]!);
  process.kill(Number(pid), 'SIGKILL');
  const statuses = await traffic;
  expect(statuses.length).toBeGreaterThan(40);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  await until('the lost container', async () =>
    (await stack.docker('inspect', '-f', '{{.State.Health.Status}} {{.RestartCount}}', ids[0]!)) === 'healthy 1'
      ? true
      : null,
  );
}, 240_000);

test('Prometheus finds every service of the stack and can read its metrics', async () => {
  await stack.monitoring('up', '-d', 'prometheus', 'alertmanager');
  await until('all targets up', async () => {
    const answer = await fetch(`${stack.url('PROMETHEUS_PORT')}/api/v1/targets?state=active`);
    const { data } = (await answer.json()) as { data: { activeTargets: Target[] } };
    const up = data.activeTargets.filter(({ health }) => health === 'up').map(({ labels }) => labels.job);
    const count = (job: string) => up.filter((one) => one === job).length;
    // three in production, one candidate
    return count('inference') === 4 && count('control') === 1 && count('worker') === 1 && count('router') === 1
      ? true
      : null;
  });
  const rules = await fetch(`${stack.url('PROMETHEUS_PORT')}/api/v1/rules`);
  expect(((await rules.json()) as { data: { groups: object[] } }).data.groups.length).toBeGreaterThan(1);
  await stack.monitoring('down', '--volumes', '--timeout', '5');
});

test('a further project gets two slots and a router of its own, beside those of the first', async () => {
  await stack.furtherProject('iris', 'up', '-d');
  const bootstrap = await stack.furtherProject('iris', 'ps', '-aq', 'project-bootstrap');
  expect(await stack.docker('wait', bootstrap)).toBe('0');
  const flower = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const body = JSON.stringify({ features: [5.1, 3.5, 1.4, 0.2] });
  const own = await fetch(`${stack.url('PROJECT_PORT')}/predict`, { ...flower, body });
  expect(await own.json()).toMatchObject({ class: 'setosa' });
  const throughWeb = await fetch(`${stack.url('WEB_PORT')}/projects/iris/predict`, { ...flower, body });
  expect(await throughWeb.json()).toMatchObject({ class: 'setosa' });
  expect((await predict('user-of-the-first')).model_version).toMatch(/^[BC]O\d+$/);
  await stack.furtherProject('iris', 'down', '--volumes', '--timeout', '5');
}, 300_000);

test('answers while Postgres is gone, and every answer is recorded when it is back', async () => {
  const [postgres = ''] = await stack.containers('postgres');
  await stack.docker('kill', postgres);
  const answers = await Promise.all(users(50).map((user) => predict(user)));
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  await stack.docker('start', postgres);
  const ids = answers.map((answer) => answer.prediction_id).join(',');
  await until('all predictions recorded', async () =>
    (await rowsOf(`SELECT count(*) FROM predictions WHERE id IN (${ids})`)) === '50' ? true : null,
  );
}, 240_000);

test('a new worker image takes over a training that the old one had begun', async () => {
  const [old = ''] = await stack.containers('worker');
  const started = await stack.control('POST', 'training/start', { project, random_state: 7 });
  expect(started.status, JSON.stringify(started.body)).toBe(202);
  await until('the training is under way', async () => {
    const { body } = await stack.control('GET', `training/status/${started.body.job_id}`);
    return body.stage === 'training' ? true : null;
  });
  await stack.docker('tag', `${stack.project}/worker:test`, `${stack.project}/worker:next`);
  const next = { IMAGE_TAG: 'next', WORKER_DEPLOYMENT: 'incumbent', WORKER_BUILD_ID: 'next' };
  await stack.compose(['up', '-d', '--no-deps', '--wait', 'worker'], next);
  const [now = ''] = await stack.containers('worker');
  expect(now).not.toBe(old);
  // from now on work goes to workers of this version
  const version = ['--deployment-name', 'incumbent', '--build-id', 'next'];
  await until('the version is current', () =>
    temporal('worker', 'deployment', 'set-current-version', '--yes', ...version),
  );
  const ended = await trained(started.body.job_id);
  expect(ended).toMatchObject({ status: 'completed', version: expect.stringMatching(/^CO\d+$/) });
  const [workflow, execution] = started.body.job_id.split('.');
  const history = await temporal('workflow', 'show', '--workflow-id', workflow, '--run-id', execution, '-o', 'json');
  const tasks = JSON.parse(history).events.filter((event: object) => 'workflowTaskCompletedEventAttributes' in event);
  const workers = tasks.map((task: object) => /"buildId": ?"next"/.test(JSON.stringify(task)));
  expect([workers[0], workers.at(-1)]).toEqual([false, true]);
}, 400_000);

test('a backup brings the whole stack back on a machine that lost it', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'backup-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, 'state');
  const before = await rowsOf('SELECT count(*), max(id) FROM predictions');
  await stack.script('scripts/backup.sh', folder);
  await expect(stack.script('scripts/restore.sh', folder)).rejects.toThrow(/has state/);
  await stack.compose(['down', '--volumes', '--timeout', '20']);
  const told = await stack.script('scripts/restore.sh', folder);
  expect(told).toMatch(
    /audit: [1-9]\d* rows, head \d+:[0-9a-f]{64}; models: [3-9] versions, \d+ files; 0 findings\nrestored$/,
  );
  expect(await rowsOf('SELECT count(*), max(id) FROM predictions')).toBe(before);
  const answer = await until('a prediction', async () => {
    const prediction = await predict('user-0');
    return prediction.status === 200 ? prediction : null;
  });
  expect(answer.model_version).toMatch(/^(BO1|CO\d+)$/);
  await until('the schedules', async () =>
    (await temporal('schedule', 'list')).includes(`${project}-train-weekly`) ? true : null,
  );

  const [first = ''] = (
    await stack.compose(['exec', '-T', 's3', 'sh', '-c', 'find /data/objects -name forest.bin'])
  ).split('\n');
  await stack.compose(['exec', '-T', 's3', 'sh', '-c', `printf x >> ${first}`]);
  const verify = stack.compose(['exec', '-T', 'control', 'node', 'dist/scripts/verify-state.js']);
  await expect(verify).rejects.toThrow();
}, 400_000);

test('goes down without a trace and leaves no process that had to be killed', async () => {
  const ids = (await stack.compose(['ps', '-q'])).split('\n');
  await stack.compose(['stop']);
  const codes = (await stack.docker('inspect', '-f', '{{.Config.Image}} {{.State.ExitCode}}', ...ids)).split('\n');
  expect(codes.filter((line) => line.endsWith(' 137'))).toEqual([]);
  await stack.compose(['down', '--volumes', '--timeout', '5']);
  const label = `label=com.docker.compose.project=${stack.project}`;
  expect(await stack.docker('ps', '-aq', '--filter', label)).toBe('');
  expect(await stack.docker('volume', 'ls', '-q', '--filter', label)).toBe('');
  expect(await stack.docker('network', 'ls', '-q', '--filter', label)).toBe('');
}, 240_000);
