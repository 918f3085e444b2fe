import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { NotFoundError } from '../../core/errors.js';
import { jobId, parseJobId } from './job-id.js';
import { createJobLogReader, type JobLogLine } from './job-log.js';

type JobState = 'running' | 'completed' | 'failed' | 'cancelled' | 'terminated' | 'continued_as_new' | 'timed_out';

export interface Job {
  readonly jobId: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
  readonly state: JobState;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** What the workflow's `progress` query says; null where no worker answers in time. */
  readonly progress: Readonly<Record<string, unknown>> | null;
  /** What the steps under way last reported with their heartbeats. */
  readonly steps: readonly { name: string; attempt: number; heartbeat: unknown; lastFailure: string | null }[];
  readonly result: unknown;
  readonly error: string | null;
}

export interface JobReader {
  /** @throws {NotFoundError} when there is no such job */
  get(id: string): Promise<Job>;
  /** @throws {NotFoundError} */
  log(id: string): Promise<JobLogLine[]>;
  /** The job of a type that runs for a project now, by whatever id it was started. */
  running(type: string, project: string): Promise<string | null>;
  /** The latest run of a workflow id; null when there never was one. */
  latest(workflowId: string): Promise<Job | null>;
  /** Its id alone, which asks no worker; the workflow id itself when there never was a run. */
  latestId(workflowId: string): Promise<string>;
  /** @throws {NotFoundError} when it is unknown or has ended */
  cancel(id: string): Promise<void>;
}

/** A status page does not wait longer for a worker. */
const QUERY_MS = 1_500;

/** gRPC's status of what is not there: reading a history gives it as it is. */
const NOT_FOUND = 5;

function isUnknown(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError || (isGrpcServiceError(error) && error.code === NOT_FOUND);
}

function rootMessage(error: unknown): string {
  let at = error as Error;
  while (at.cause instanceof Error) at = at.cause;
  return at.message;
}

/** What became of a workflow run, whoever started it. */
export function createJobReader(client: Client): JobReader {
  const readLog = createJobLogReader(client);
  const { payloadConverter } = client.options.loadedDataConverter;

  async function translated<T>(id: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isUnknown(error)) throw error;
      throw new NotFoundError(`there is no job ${id}`, { cause: error });
    }
  }

  async function get(id: string): Promise<Job> {
    const { workflowId, runId: wanted } = parseJobId(id);
    const described = await client.workflow.getHandle(workflowId, wanted).describe();
    const { runId, raw } = described;
    const handle = client.workflow.getHandle(workflowId, runId);
    const state = described.status.name.toLowerCase() as JobState;
    let progress: Job['progress'] = null;
    let result: unknown = null;
    let error: string | null = null;
    if (state === 'running') {
      progress = await client
        .withDeadline(Date.now() + QUERY_MS, () => handle.query<Record<string, unknown>, []>('progress'))
        .catch(() => null);
    } else {
      try {
        result = await client.workflow.getHandle(workflowId, runId, { followRuns: false }).result();
      } catch (failure) {
        error = rootMessage(failure);
      }
    }
    return {
      jobId: jobId(workflowId, runId),
      workflowId,
      runId,
      type: described.type,
      state,
      startedAt: described.startTime,
      endedAt: described.closeTime ?? null,
      progress,
      steps: (raw.pendingActivities ?? []).map((activity) => {
        const heartbeat = activity.heartbeatDetails?.payloads?.[0];
        return {
          name: activity.activityType?.name ?? 'step',
          attempt: activity.attempt ?? 1,
          heartbeat: heartbeat ? payloadConverter.fromPayload(heartbeat) : null,
          lastFailure: activity.lastFailure?.message ?? null,
        };
      }),
      result,
      error,
    };
  }

  return {
    get: (id) => translated(id, () => get(id)),
    log: (id) => translated(id, () => readLog(parseJobId(id))),

    async running(type, project) {
      const query = `WorkflowType = '${type}' and ExecutionStatus = 'Running' and IncumbentProject = '${project}'`;
      for await (const { workflowId, runId } of client.workflow.list({ query, pageSize: 1 }))
        return jobId(workflowId, runId);
      return null;
    },

    async latest(workflowId) {
      try {
        return await get(workflowId);
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      }
    },

    async latestId(workflowId) {
      try {
        return jobId(workflowId, (await client.workflow.getHandle(workflowId).describe()).runId);
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return workflowId;
        throw error;
      }
    },

    async cancel(id) {
      const { workflowId, runId } = parseJobId(id);
      await translated(id, () => client.workflow.getHandle(workflowId, runId).cancel());
    },
  };
}
