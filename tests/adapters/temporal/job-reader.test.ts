import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { heartbeat, sleep as sleepInActivity } from '@temporalio/activity';
import { Client, Connection } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { jobId } from '../../../adapters/temporal/job-id.js';
import { createJobReader, type Job, type JobReader } from '../../../adapters/temporal/job-reader.js';
import { NotFoundError } from '../../../core/errors.js';
import { eventually } from '../../monitoring/real-services.js';
import type * as workflows from '../../workflows/troubled-workflows.js';
import type { TroubledActivities } from '../../workflows/troubled-workflows.js';

// Workflows that meet every kind of trouble on a real Temporal server, as the log of a job tells it.

const taskQueue = `jobs-${randomBytes(4).toString('hex')}`;
let attempts = 0;
const activities: TroubledActivities = {
  async failOnce() {
    attempts++;
    if (attempts === 1) throw new Error('not yet');
    return 'done';
  },
  async failForGood() {
    throw ApplicationFailure.create({ type: 'Hopeless', message: 'never' });
  },
  async takeTooLong() {
    await sleep(1_200);
  },
  async workUntilCancelled() {
    for (;;) {
      heartbeat({ rows: 7 });
      await sleepInActivity(100);
    }
  },
};

let connection: Connection;
let native: NativeConnection;
let client: Client;
let jobs: JobReader;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  const address = inject('services').temporalAddress;
  connection = await Connection.connect({ address });
  native = await NativeConnection.connect({ address });
  client = new Client({ connection });
  jobs = createJobReader(client);
  worker = await Worker.create({
    connection: native,
    taskQueue,
    activities,
    workflowsPath: fileURLToPath(new URL('../../workflows/troubled-workflows.ts', import.meta.url)),
  });
  running = worker.run();
});

afterAll(async () => {
  worker.shutdown();
  await running;
  await native.close();
  await connection.close();
});

async function start(type: keyof typeof workflows, ...args: unknown[]) {
  const workflowId = `${taskQueue}-${type}-${randomBytes(3).toString('hex')}`;
  const handle = await client.workflow.start(type, { taskQueue, workflowId, args });
  return { handle, id: jobId(workflowId, handle.firstExecutionRunId) };
}

const messages = async (id: string) => (await jobs.log(id)).map(({ level, message }) => `${level}: ${message}`);

test('a log tells what became of every step and every child', async () => {
  const { handle, id } = await start('troubled');
  const steps = await eventually<Job['steps']>('a heartbeat', async () => {
    const found = (await jobs.get(id)).steps;
    return found.some((step) => step.heartbeat !== null) ? found : undefined;
  });
  expect(steps).toEqual([{ name: 'workUntilCancelled', attempt: 1, heartbeat: { rows: 7 }, lastFailure: null }]);
  await handle.result();

  const log = await jobs.log(id);
  expect(log.map(({ level, message }) => `${level}: ${message}`)).toEqual([
    'info: troubled started',
    'info: failOnce scheduled',
    'warn: failOnce started again (attempt 2) after: not yet',
    'info: failOnce done',
    'info: failForGood scheduled',
    'info: failForGood started',
    'error: failForGood failed: never',
    'info: takeTooLong scheduled',
    expect.stringMatching(/^warn: takeTooLong started again \(attempt 2\) after: /),
    expect.stringMatching(/^error: takeTooLong timed out: /),
    'info: workUntilCancelled scheduled',
    'info: waits 1 s',
    'info: workUntilCancelled started',
    'warn: workUntilCancelled cancelled',
    'info: fails started',
    'info: fails done',
    'info: fails started',
    'error: fails failed: no luck',
    `warn: fails not started: ${handle.workflowId} is running already`,
    'info: completed',
  ]);
  expect(log.find(({ message }) => message === 'fails started')?.details).toEqual({ job: `${handle.workflowId}-fine` });
  expect(log.find(({ message }) => message === 'fails done')?.details).toBe('fine');
  expect(log.at(-1)?.details).toBe('too long to show here');
  expect(log.map(({ at }) => at.getTime())).toEqual(log.map(({ at }) => at.getTime()).toSorted((a, b) => a - b));
});

test('a job that failed says why, where it is read and in its log', async () => {
  const { handle, id } = await start('fails', 'out of rows');
  await handle.result().catch(() => undefined);
  expect(await jobs.get(id)).toMatchObject({ state: 'failed', error: 'out of rows', result: null, progress: null });
  expect((await messages(id)).at(-1)).toBe('error: failed: out of rows');
});

test('a running job is asked how it goes, and can be cancelled', async () => {
  const { handle, id } = await start('waits');
  await eventually('an answer', async () => (await jobs.get(id)).progress ?? undefined);
  expect(await jobs.get(id)).toMatchObject({ state: 'running', progress: { step: 'waiting' }, endedAt: null });
  await jobs.cancel(id);
  await handle.result().catch(() => undefined);
  expect((await messages(id)).slice(-2)).toEqual(['warn: cancellation requested', 'warn: cancelled']);
  expect((await jobs.get(id)).state).toBe('cancelled');
});

test('code that is wrong shows in the log, and so does who ended the job', async () => {
  const { handle, id } = await start('isWrong');
  await eventually('a failure', async () => (await messages(id)).find((message) => message.startsWith('error: ')));
  await handle.terminate('no use');
  expect(await messages(id)).toEqual([
    'info: isWrong started',
    'error: workflow code failed: this code is wrong',
    'error: terminated: no use',
  ]);
});

test('a job that ran out of time says so', async () => {
  const workflowId = `${taskQueue}-late`;
  const handle = await client.workflow.start('waits', { taskQueue, workflowId, workflowExecutionTimeout: '1 second' });
  await handle.result().catch(() => undefined);
  expect((await messages(jobId(workflowId, handle.firstExecutionRunId))).at(-1)).toBe('error: timed out');
});

test('a job that never was is not found', async () => {
  const unknown = jobId('nobody-started-this', '00000000-0000-4000-8000-000000000000');
  await expect(jobs.get(unknown)).rejects.toThrow(NotFoundError);
  await expect(jobs.log(unknown)).rejects.toThrow(NotFoundError);
  await expect(jobs.cancel(unknown)).rejects.toThrow(NotFoundError);
  expect(await jobs.latest('nobody-started-this')).toBeNull();
  expect(await jobs.latestId('nobody-started-this')).toBe('nobody-started-this');
});
