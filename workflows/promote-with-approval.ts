import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  defineSignal,
  defineUpdate,
  executeChild,
  isCancellation,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { ApprovalAnswer, ApprovalState } from '../core/experiment/approval.js';
import { deliveryId } from '../core/loop/workflow-ids.js';
import { quick } from './activity-proxies.js';
import { type PromoteInput, type PromoteResult, promote } from './promote.js';
import { modelVersionAttribute, projectAttribute } from './search-attributes.js';
import { notify } from './steps/notify.js';
import { stopExperiment } from './stop-experiment.js';

/** What a person says; refused where the project's rules do not allow it. */
const answerUpdate = defineUpdate<ApprovalState, [ApprovalAnswer]>('answer');
/** The experiment ended: there is nothing left to promote. */
const withdrawSignal = defineSignal('withdraw');

export interface PromoteWithApprovalResult {
  readonly approvalId: number;
  readonly outcome: Exclude<ApprovalState, 'pending'>;
  readonly promotion: PromoteResult | null;
}

interface Waited {
  state: ApprovalState;
  answer: ApprovalAnswer | null;
}

/** Waits its turn: another delivery of the project that is under way ends first. */
async function inTurn<T>(deliver: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await deliver();
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      await sleep('5 seconds');
    }
  }
}

/** Asks a person before a candidate is promoted, reminds them, and does what they say. Without an answer nothing changes. */
export async function promoteWithApproval(input: PromoteInput): Promise<PromoteWithApprovalResult> {
  const { project, experimentId, candidate, reason, actor } = input;
  upsertSearchAttributes([
    { key: projectAttribute, value: project },
    { key: modelVersionAttribute, value: candidate },
  ]);
  const request = { project, experimentId, candidateVersion: candidate, requestedBy: actor, reason };
  const { id, timeLimitMs, reminderMs, expiresAt } = await quick.requestApproval(request);
  const subject = `approval ${id}`;
  const waited: Waited = { state: 'pending', answer: null };
  setHandler(answerUpdate, async (answer) => {
    waited.state = await quick.answerApproval(id, answer);
    waited.answer = answer;
    return waited.state;
  });
  setHandler(withdrawSignal, () => {
    if (waited.state === 'pending') waited.state = 'withdrawn';
  });
  const told = { project, subject };
  await quick.recordAudit({ project, action: 'approval.request', actor, subject, reason, details: { candidate } });
  const wanted = `The promotion of ${candidate} waits for a yes until ${expiresAt}: ${reason}`;
  await notify({
    ...told,
    kind: 'approval_wanted',
    summary: wanted,
    details: { approval: id, experiment: experimentId },
  });

  try {
    for (let left = timeLimitMs; left > 0 && waited.state === 'pending'; left -= reminderMs) {
      const answered = await condition(() => waited.state !== 'pending', Math.min(left, reminderMs));
      if (answered || left <= reminderMs) break;
      await quick.recordReminder(id);
      await notify({ ...told, kind: 'approval_reminder', summary: wanted, details: { approval: id } });
    }
    // an answer that is being checked right now goes before the end of the time
    await condition(allHandlersFinished);
    if (waited.answer === null) {
      waited.state = await quick.closeApproval(id, waited.state === 'withdrawn' ? 'withdrawn' : 'lapsed');
    }
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => quick.closeApproval(id, 'withdrawn'));
    throw error;
  }
  return settle(input, id, waited);
}

async function settle(input: PromoteInput, id: number, { state, answer }: Waited): Promise<PromoteWithApprovalResult> {
  const { project, experimentId, candidate } = input;
  const outcome = state === 'pending' ? 'lapsed' : state;
  const subject = `approval ${id}`;
  const by = answer?.by ?? 'nobody';
  const why = answer?.why ?? (outcome === 'lapsed' ? 'nobody answered in time' : 'the experiment ended first');
  const actor = answer?.by ?? 'incumbent';
  const details = { candidate, experimentId };
  await quick.recordAudit({ project, action: `approval.${outcome}`, actor, subject, reason: why, details });
  const summary = `The promotion of ${candidate} was ${outcome}${answer ? ` by ${by}` : ''}: ${why}`;
  await notify({ project, subject, kind: 'approval_decided', summary, details: { approval: id } });

  const workflowId = deliveryId(project);
  if (outcome === 'approved') {
    const reason = `${input.reason} Approved by ${by}: ${why}`;
    const promotion = await inTurn(() => executeChild(promote, { workflowId, args: [{ ...input, reason }] }));
    return { approvalId: id, outcome, promotion };
  }
  if (outcome === 'rejected') {
    const stop = { project, experimentId, candidate, reason: why, actor, outcome: 'rejected' } as const;
    await inTurn(() => executeChild(stopExperiment, { workflowId, args: [stop] }));
  }
  return { approvalId: id, outcome, promotion: null };
}
