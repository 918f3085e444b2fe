import {
  type Client,
  type ScheduleDescription,
  ScheduleNotFoundError,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowHandleWithFirstExecutionRunId,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure, rootCause } from '@temporalio/common';
import { ConflictError, NotFoundError, UnavailableError } from '../../core/errors.js';
import type { WorkflowStart } from '../../core/loop/workflow-start.js';
import { type ScheduleKind, scheduleId, scheduleKinds } from './reconcile-schedules.js';

export interface ScheduleStatus {
  readonly id: string;
  readonly kind: ScheduleKind;
  readonly spec: string;
  readonly timezone: string;
  readonly paused: boolean;
  readonly nextRun: Date | null;
  readonly lastRun: Date | null;
  readonly lastWorkflowId: string | null;
}

export interface JobStatus {
  readonly jobId: string;
  readonly runId: string;
  readonly status: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** What the workflow's `progress` query says; null where it has none or no worker answers. */
  readonly progress: unknown;
  readonly result: unknown;
  readonly error: string | null;
}

/** An update is answered within this time, or nobody is there to answer. */
const UPDATE_MS = 10_000;

function applicationFailure(error: unknown): ApplicationFailure | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof ApplicationFailure && at.type === 'CONFLICT') return at;
  }
  return null;
}

/** What the API, the command line and the local stack ask of Temporal. */
export function createLoopClient(client: Client, taskQueue: string) {
  async function start({ type, workflowId, input }: WorkflowStart): Promise<WorkflowHandleWithFirstExecutionRunId> {
    try {
      return await client.workflow.start(type, { workflowId, taskQueue, args: [input] });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      throw new ConflictError(`${workflowId} is running already: wait for it or cancel it`, { cause: error });
    }
  }

  return {
    start,

    /** Starts a workflow and waits for its result. */
    async run(request: WorkflowStart): Promise<unknown> {
      const handle = await start(request);
      return handle.result();
    },

    /** @throws {NotFoundError} */
    async status(jobId: string, runId?: string): Promise<JobStatus> {
      const handle = client.workflow.getHandle(jobId, runId);
      try {
        const description = await handle.describe();
        const status = description.status.name;
        let result: unknown = null;
        let error: string | null = null;
        if (status !== 'RUNNING') {
          try {
            result = await handle.result();
          } catch (failure) {
            error = rootCause(failure) ?? String(failure);
          }
        }
        const progress = await handle.query('progress').catch(() => null);
        return {
          jobId,
          runId: description.runId,
          status: status.toLowerCase(),
          startedAt: description.startTime,
          endedAt: description.closeTime ?? null,
          progress,
          result,
          error,
        };
      } catch (error) {
        if (error instanceof WorkflowNotFoundError)
          throw new NotFoundError(`there is no job ${jobId}`, { cause: error });
        throw error;
      }
    },

    /**
     * Sends an update to a running workflow and waits for what it makes of it.
     * @throws {ConflictError} when no such workflow runs, or it refuses
     * @throws {UnavailableError} when no worker answers in time
     */
    async update<T>(workflowId: string, name: string, input: unknown): Promise<T> {
      const handle = client.workflow.getHandle(workflowId);
      try {
        return await client.withDeadline(Date.now() + UPDATE_MS, () =>
          handle.executeUpdate<T, [unknown]>(name, { args: [input] }),
        );
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) {
          throw new ConflictError(`${workflowId} does not run any more`, { cause: error });
        }
        const refusal = error instanceof WorkflowUpdateFailedError ? applicationFailure(error) : null;
        if (refusal) throw new ConflictError(refusal.message, { cause: error });
        throw new UnavailableError(`${workflowId} did not answer: is a worker running?`, { cause: error });
      }
    },

    async cancel(jobId: string): Promise<void> {
      await client.workflow.getHandle(jobId).cancel();
    },

    /** The schedules of a project that there are: a worker makes them when it starts. */
    async schedules(project: string): Promise<ScheduleStatus[]> {
      const found = await Promise.all(
        scheduleKinds.map(async (kind) => {
          const id = scheduleId(project, kind);
          const description = await describeSchedule(client, id);
          if (!description) return null;
          const { spec, state, info } = description;
          const last = info.recentActions.at(-1);
          return {
            id,
            kind,
            spec: describeSpec(spec),
            timezone: spec.timezone ?? 'UTC',
            paused: state.paused,
            nextRun: info.nextActionTimes[0] ?? null,
            lastRun: last?.takenAt ?? null,
            lastWorkflowId: last?.action.type === 'startWorkflow' ? last.action.workflow.workflowId : null,
          };
        }),
      );
      return found.filter((schedule) => schedule !== null);
    },

    async triggerSchedule(id: string): Promise<void> {
      await client.schedule.getHandle(id).trigger();
    },

    async setPaused(id: string, paused: boolean, note: string): Promise<void> {
      const handle = client.schedule.getHandle(id);
      await (paused ? handle.pause(note) : handle.unpause(note));
    },
  };
}

export type LoopClient = ReturnType<typeof createLoopClient>;

/** The server keeps cron expressions as calendars; a person reads the times of day. */
/** Null for a schedule that no worker has made yet. */
async function describeSchedule(client: Client, id: string): Promise<ScheduleDescription | null> {
  try {
    return await client.schedule.getHandle(id).describe();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}

function describeSpec({
  calendars = [],
  intervals = [],
}: {
  calendars?: { comment?: string }[];
  intervals?: unknown[];
}): string {
  const comments = calendars.map((calendar) => calendar.comment).filter(Boolean);
  return comments.length > 0 ? comments.join(', ') : `${calendars.length} calendars, ${intervals.length} intervals`;
}
