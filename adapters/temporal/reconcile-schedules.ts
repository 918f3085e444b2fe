import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, ScheduleNotFoundError, type ScheduleOptions, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Logger } from 'pino';
import type { ModelProject } from '../../core/project.js';
import { isConnectionLost } from '../http/connection-lost.js';

export type ScheduleKind = 'train' | 'evaluate' | 'drift';

const WORKFLOW_OF = { train: 'trainCandidate', evaluate: 'evaluateExperiment', drift: 'monitorDrift' } as const;
const PERIOD_OF = { train: 'weekly', evaluate: 'hourly', drift: 'daily' } as const;

/** For example `home-prices-train-weekly`. */
export function scheduleId(project: string, kind: ScheduleKind): string {
  return `${project}-${kind}-${PERIOD_OF[kind]}`;
}

export const scheduleKinds = ['train', 'evaluate', 'drift'] as const;

function options(project: ModelProject, kind: ScheduleKind, taskQueue: string) {
  const id = scheduleId(project.name, kind);
  const input =
    kind === 'train'
      ? { project: project.name, cause: 'weekly schedule', actor: 'schedule' }
      : { project: project.name, actor: 'schedule' };
  return {
    scheduleId: id,
    spec: {
      // the server keeps an expression as calendars; its comment is what people are shown
      cronExpressions: [`${project.schedules[kind]} # ${project.schedules[kind]}`],
      timezone: project.schedules.timezone,
    },
    action: { type: 'startWorkflow', workflowType: WORKFLOW_OF[kind], workflowId: id, taskQueue, args: [input] },
    // one at a time; after an outage of less than the window the missed one is made up for
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 hour' },
  } satisfies ScheduleOptions;
}

/** A server that came back a moment ago answers what it is asked of a schedule after up to ten seconds, or not yet. */
const AGAIN_AFTER_MS = 1_000;

export interface ReconcileOptions {
  readonly projects: readonly ModelProject[];
  readonly taskQueue: string;
  readonly logger: Logger;
  /** Ends the waiting for a server that is away. */
  readonly signal?: AbortSignal;
}

/**
 * Makes the schedules on the server what the code says: spec, action and policy. Pauses that people set stay. While the
 * server is away or does not answer in time, each is tried again.
 * @throws {Error} what the server does not accept, such as a wrong cron expression
 */
export async function reconcileSchedules(
  client: Client,
  { projects, taskQueue, logger, signal }: ReconcileOptions,
): Promise<void> {
  for (const project of projects) {
    for (const kind of scheduleKinds) {
      const schedule = options(project, kind, taskQueue);
      while (!signal?.aborted) {
        try {
          await reconcile(client, schedule, logger);
          break;
        } catch (error) {
          if (!isConnectionLost(error)) throw error;
          logger.warn({ err: error, schedule: schedule.scheduleId }, 'schedule not reached, trying again');
          await sleep(AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined);
        }
      }
    }
  }
}

async function reconcile(client: Client, { scheduleId: id, ...wanted }: ReturnType<typeof options>, logger: Logger) {
  try {
    await client.schedule.getHandle(id).update((previous) => ({ ...wanted, state: previous.state }));
    logger.info({ schedule: id, ...wanted.spec }, 'schedule updated');
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    await client.schedule.create({ scheduleId: id, ...wanted });
    logger.info({ schedule: id, ...wanted.spec }, 'schedule created');
  }
}
