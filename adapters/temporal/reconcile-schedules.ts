import { type Client, ScheduleNotFoundError, type ScheduleOptions, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Logger } from 'pino';
import type { ModelProject } from '../../core/project.js';

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

/** Makes the schedules on the server what the code says: spec, action and policy. Pauses that people set stay. */
export async function reconcileSchedules(
  client: Client,
  projects: readonly ModelProject[],
  taskQueue: string,
  logger: Logger,
): Promise<void> {
  for (const project of projects) {
    for (const kind of scheduleKinds) {
      const { scheduleId: id, ...wanted } = options(project, kind, taskQueue);
      const handle = client.schedule.getHandle(id);
      try {
        await handle.update((previous) => ({ ...wanted, state: previous.state }));
        logger.info({ schedule: id, ...wanted.spec }, 'schedule updated');
      } catch (error) {
        if (!(error instanceof ScheduleNotFoundError)) throw error;
        await client.schedule.create({ scheduleId: id, ...wanted });
        logger.info({ schedule: id, ...wanted.spec }, 'schedule created');
      }
    }
  }
}
