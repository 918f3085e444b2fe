import type { Client } from '@temporalio/client';
import type { JobReference } from './job-id.js';

/** One line of a job's log: an event of its history. */
export interface JobLogLine {
  /** Position in the history, from 1. */
  readonly id: number;
  readonly at: Date;
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly details?: unknown;
}

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;
type HistoryEvent = NonNullable<History['events']>[number];
type Payloads = { payloads?: readonly unknown[] | null } | null | undefined;

/** What a step handed over may be long; a log line is not. */
const MAX_DETAILS = 4_000;

function createReader(client: Client) {
  const { payloadConverter } = client.options.loadedDataConverter;

  function value(payloads: Payloads): unknown {
    const first = payloads?.payloads?.[0];
    if (!first) return undefined;
    const details: unknown = payloadConverter.fromPayload(first);
    return JSON.stringify(details ?? null).length > MAX_DETAILS ? 'too long to show here' : (details ?? undefined);
  }

  /** History event → log line; events that say nothing to a person give none. */
  return function line(event: HistoryEvent, steps: Map<string, string>): Omit<JobLogLine, 'id' | 'at'> | null {
    const step = (id: unknown) => steps.get(String(id)) ?? 'a step';
    const failure = (
      given: { message?: string | null; cause?: { message?: string | null } | null } | null | undefined,
    ) => given?.cause?.message ?? given?.message ?? 'no reason given';
    const e = event;
    if (e.workflowExecutionStartedEventAttributes) {
      const { workflowType, input } = e.workflowExecutionStartedEventAttributes;
      return { level: 'info', message: `${workflowType?.name} started`, details: value(input) };
    }
    if (e.activityTaskScheduledEventAttributes) {
      const name = e.activityTaskScheduledEventAttributes.activityType?.name ?? 'a step';
      steps.set(String(e.eventId), name);
      return { level: 'info', message: `${name} scheduled` };
    }
    if (e.activityTaskStartedEventAttributes) {
      const { scheduledEventId, attempt, lastFailure } = e.activityTaskStartedEventAttributes;
      if ((attempt ?? 1) <= 1) return { level: 'info', message: `${step(scheduledEventId)} started` };
      return {
        level: 'warn',
        message: `${step(scheduledEventId)} started again (attempt ${attempt}) after: ${failure(lastFailure)}`,
      };
    }
    if (e.activityTaskCompletedEventAttributes) {
      const { scheduledEventId, result } = e.activityTaskCompletedEventAttributes;
      return { level: 'info', message: `${step(scheduledEventId)} done`, details: value(result) };
    }
    if (e.activityTaskFailedEventAttributes) {
      const { scheduledEventId, failure: why } = e.activityTaskFailedEventAttributes;
      return { level: 'error', message: `${step(scheduledEventId)} failed: ${failure(why)}` };
    }
    if (e.activityTaskTimedOutEventAttributes) {
      const { scheduledEventId, failure: why } = e.activityTaskTimedOutEventAttributes;
      return { level: 'error', message: `${step(scheduledEventId)} timed out: ${failure(why)}` };
    }
    if (e.activityTaskCanceledEventAttributes) {
      return { level: 'warn', message: `${step(e.activityTaskCanceledEventAttributes.scheduledEventId)} cancelled` };
    }
    if (e.timerStartedEventAttributes) {
      const seconds = Number(e.timerStartedEventAttributes.startToFireTimeout?.seconds ?? 0);
      return { level: 'info', message: `waits ${seconds} s` };
    }
    if (e.childWorkflowExecutionStartedEventAttributes) {
      const { workflowType, workflowExecution } = e.childWorkflowExecutionStartedEventAttributes;
      return {
        level: 'info',
        message: `${workflowType?.name} started`,
        details: { job: workflowExecution?.workflowId },
      };
    }
    if (e.childWorkflowExecutionCompletedEventAttributes) {
      const { workflowType, result } = e.childWorkflowExecutionCompletedEventAttributes;
      return { level: 'info', message: `${workflowType?.name} done`, details: value(result) };
    }
    if (e.childWorkflowExecutionFailedEventAttributes) {
      const { workflowType, failure: why } = e.childWorkflowExecutionFailedEventAttributes;
      return { level: 'error', message: `${workflowType?.name} failed: ${failure(why)}` };
    }
    if (e.startChildWorkflowExecutionFailedEventAttributes) {
      const { workflowType, workflowId } = e.startChildWorkflowExecutionFailedEventAttributes;
      return { level: 'warn', message: `${workflowType?.name} not started: ${workflowId} is running already` };
    }
    if (e.workflowTaskFailedEventAttributes) {
      return {
        level: 'error',
        message: `workflow code failed: ${failure(e.workflowTaskFailedEventAttributes.failure)}`,
      };
    }
    if (e.workflowExecutionCancelRequestedEventAttributes) return { level: 'warn', message: 'cancellation requested' };
    if (e.workflowExecutionCompletedEventAttributes) {
      return {
        level: 'info',
        message: 'completed',
        details: value(e.workflowExecutionCompletedEventAttributes.result),
      };
    }
    if (e.workflowExecutionFailedEventAttributes) {
      return { level: 'error', message: `failed: ${failure(e.workflowExecutionFailedEventAttributes.failure)}` };
    }
    if (e.workflowExecutionCanceledEventAttributes) return { level: 'warn', message: 'cancelled' };
    if (e.workflowExecutionTerminatedEventAttributes) {
      return { level: 'error', message: `terminated: ${e.workflowExecutionTerminatedEventAttributes.reason ?? ''}` };
    }
    if (e.workflowExecutionTimedOutEventAttributes) return { level: 'error', message: 'timed out' };
    return null;
  };
}

function instant(time: { seconds?: unknown; nanos?: number | null } | null | undefined): Date {
  return new Date(Number(time?.seconds ?? 0) * 1000 + Math.floor((time?.nanos ?? 0) / 1_000_000));
}

/** Reads what a job did from its history: the events themselves, not lines written beside them. */
export function createJobLogReader(client: Client) {
  const read = createReader(client);
  return async ({ workflowId, runId }: JobReference): Promise<JobLogLine[]> => {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const steps = new Map<string, string>();
    const lines: JobLogLine[] = [];
    for (const event of history.events ?? []) {
      const line = read(event, steps);
      if (line) lines.push({ id: Number(event.eventId), at: instant(event.eventTime), ...line });
    }
    return lines;
  };
}
