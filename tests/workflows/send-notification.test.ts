import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { DriftOutcome } from '../../activities/drift.js';
import { createWorkers } from '../../adapters/temporal/create-workers.js';
import { BATCH_QUEUE, ORCHESTRATION_QUEUE, TRAINING_QUEUE } from '../../core/loop/task-queues.js';
import type { LoopEvent } from '../../core/notifications/loop-event.js';
import type { SendNotificationResult } from '../../workflows/send-notification.js';
import { eventually, startReceiver } from '../monitoring/real-services.js';
import { startSmtpSink } from '../monitoring/smtp-sink.js';
import { createLoop } from '../support/loop.js';

// The real workflow on a real Temporal server, with receivers that can be away or refuse.

let loop: Awaited<ReturnType<typeof createLoop>>;
let worker: { stop(): Promise<void> };
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let mail: Awaited<ReturnType<typeof startSmtpSink>>;
const answers: number[] = [];
const namespace = `notify-${randomBytes(4).toString('hex')}`;
/** What the measurement says; how it measures is tested elsewhere. */
const drift: DriftOutcome = {
  reportId: 1,
  modelVersion: 'BO1',
  verdict: 'drift',
  reason: 'areas moved',
  rows: 120,
  overallDriftDetected: true,
  modelDriftScore: 0.4,
  modelDriftAlert: true,
  retrain: false,
};

beforeAll(async () => {
  receiver = await startReceiver(() => answers.shift() ?? 200);
  mail = await startSmtpSink();
  loop = await createLoop({
    namespace,
    notifications: {
      webhookUrl: `${receiver.url}/hook`,
      webhookSecret: 'known to both sides only',
      emailTo: ['a@example.com'],
      emailFrom: 'loop@example.com',
      smtpUrl: `smtp://127.0.0.1:${mail.port}`,
    },
  });
  const connection = await NativeConnection.connect({ address: inject('services').temporalAddress });
  const workers = await createWorkers({
    connection,
    namespace,
    orchestrationQueue: ORCHESTRATION_QUEUE,
    trainingQueue: TRAINING_QUEUE,
    batchQueue: BATCH_QUEUE,
    concurrentTrainings: 1,
    workflows: { workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)) },
    activities: { ...loop.activities, measureDrift: async () => drift },
  });
  const done = Promise.all(workers.map((each) => each.run()));
  worker = {
    async stop() {
      for (const each of workers) each.shutdown();
      await done;
      await connection.close();
    },
  };
}, 120_000);
afterAll(async () => {
  await worker?.stop();
  await loop?.stop();
  await receiver?.stop();
  await mail?.stop();
}, 60_000);

const event = (subject: string): LoopEvent => ({
  kind: 'rolled_back',
  project: 'home-prices',
  subject,
  summary: `${subject} lost.`,
  details: { score: 0.5 },
});

async function send(subject: string): Promise<SendNotificationResult> {
  const args = [{ id: subject, at: '2026-01-02T03:04:05.000Z', event: event(subject) }];
  const workflowId = `notify-${subject}`;
  const result = await loop.client.workflow.execute('sendNotification', {
    taskQueue: ORCHESTRATION_QUEUE,
    workflowId,
    args,
  });
  return result as SendNotificationResult;
}
const log = async (subject: string) =>
  (
    await loop.pool.query(
      'select channel, state, attempts, last_error from notification_deliveries where event_id = $1 order by channel',
      [subject],
    )
  ).rows;

test('a receiver that is away gets the message when it is back; the others do not wait for it', async () => {
  answers.push(503, 429);
  const running = send('CO1');
  await eventually('the mail is there', () =>
    mail.mails.some(({ data }) => data.includes('CO1 lost.')) ? true : undefined,
  );
  expect(await running).toEqual({ sent: 2, failed: 0 });
  const got = receiver.received.filter(({ body }) => body.includes('CO1 lost.'));
  expect(got.map(({ headers }) => headers['x-incumbent-delivery'])).toEqual(['CO1', 'CO1', 'CO1']);
  expect(await log('CO1')).toEqual([
    { channel: 'environment/email', state: 'sent', attempts: 1, last_error: null },
    { channel: 'environment/webhook', state: 'sent', attempts: 3, last_error: null },
  ]);
});

test('a receiver that refuses is not asked again, and the log tells why', async () => {
  answers.push(410);
  expect(await send('CO2')).toEqual({ sent: 1, failed: 1 });
  expect((await log('CO2'))[1]).toMatchObject({
    state: 'failed',
    attempts: 1,
    last_error: expect.stringMatching(/answered 410: it refuses the notification$/),
  });
});

test('a message that was sent before is not sent again by another attempt', async () => {
  await send('CO3');
  const sent = () => receiver.received.filter(({ body }) => body.includes('CO3 lost.')).length;
  expect(sent()).toBe(1);
  expect(await send('CO3')).toEqual({ sent: 2, failed: 0 });
  expect(sent()).toBe(1);
});

test('drift is told by the workflow that measured it, which ends before the receiver is back', async () => {
  answers.push(503, 503);
  const { workflowId } = await loop.client.workflow.start('monitorDrift', {
    taskQueue: ORCHESTRATION_QUEUE,
    workflowId: 'drift-of-today',
    args: [{ project: 'home-prices' }],
  });
  expect(await loop.client.workflow.getHandle(workflowId).result()).toMatchObject({ verdict: 'drift' });
  const told = () =>
    loop.pool.query(
      "select state, kind from notification_deliveries where channel_kind = 'webhook' and project = 'home-prices' and kind = 'drift'",
    );
  const rows = await eventually('the message is sent', async () => {
    const { rows } = await told();
    return rows[0]?.state === 'sent' ? rows : undefined;
  });
  expect(rows).toEqual([{ state: 'sent', kind: 'drift' }]);
  expect(JSON.parse(receiver.received.at(-1)!.body)).toMatchObject({
    title: 'BO1: drift',
    text: 'areas moved',
    fields: { rows: 120, modelDriftScore: 0.4 },
  });
});
