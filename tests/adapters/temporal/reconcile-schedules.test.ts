import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, expect, test, vi } from 'vitest';
import { reconcileSchedules, scheduleId, scheduleKinds } from '../../../adapters/temporal/reconcile-schedules.js';
import { homePrices } from '../../../projects/home-prices/project.js';
import { temporalOnALine } from '../../support/temporal-on-a-line.js';

const project = { ...homePrices, name: 'reconciled' };
const logger = pino({ level: 'silent' });
const again = vi.spyOn(logger, 'warn');

let line: Awaited<ReturnType<typeof temporalOnALine>>;
afterEach(async () => {
  for (const kind of scheduleKinds) {
    await line.client.schedule
      .getHandle(scheduleId(project.name, kind))
      .delete()
      .catch(() => null);
  }
  await line.end();
});

test('a Temporal that is away is waited for, and what is wrong is told at once', async () => {
  line = await temporalOnALine();
  line.cut();
  const reconciled = reconcileSchedules(line.client, { projects: [project], taskQueue: 'nobody', logger });
  await vi.waitFor(() => expect(again).toHaveBeenCalled(), 20_000);
  await line.mend();
  await reconciled;
  const weekly = await line.client.schedule.getHandle(scheduleId(project.name, 'train')).describe();
  expect(weekly.action).toMatchObject({ workflowType: 'trainCandidate', taskQueue: 'nobody' });

  const wrong = { ...project, schedules: { ...project.schedules, train: 'every week' } };
  await expect(reconcileSchedules(line.client, { projects: [wrong], taskQueue: 'nobody', logger })).rejects.toThrow(
    /5-7 fields/,
  );
}, 60_000);

test('a worker that is stopped waits no longer', async () => {
  line = await temporalOnALine();
  line.cut();
  const stop = new AbortController();
  const reconciled = reconcileSchedules(line.client, {
    projects: [project],
    taskQueue: 'nobody',
    logger,
    signal: stop.signal,
  });
  await sleep(100);
  stop.abort();
  await reconciled;
  await line.mend();
  await expect(line.client.schedule.getHandle(scheduleId(project.name, 'train')).describe()).rejects.toThrow(
    /not found/i,
  );
}, 60_000);
