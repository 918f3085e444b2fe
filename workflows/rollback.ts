import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild, upsertSearchAttributes } from '@temporalio/workflow';
import { trainingId } from '../core/loop/workflow-ids.js';
import { quick } from './activity-proxies.js';
import { modelVersionAttribute, projectAttribute, verdictAttribute } from './search-attributes.js';
import { notify } from './steps/notify.js';
import { withdrawCandidate } from './steps/withdraw-candidate.js';
import { trainCandidate } from './train-candidate.js';

export interface RollbackInput {
  readonly project: string;
  readonly experimentId: number;
  readonly candidate: string;
  readonly reason: string;
  readonly actor: string;
}

export interface RollbackResult {
  readonly candidate: string;
  readonly deletedObjects: number;
  /** Hours until the next training begins; null when one was running already. */
  readonly retrainingInHours: number | null;
}

/** The candidate lost: drained, deleted, and another one is trained with another seed – later after each loss in a row. */
export async function rollback({
  project,
  experimentId,
  candidate,
  reason,
  actor,
}: RollbackInput): Promise<RollbackResult> {
  upsertSearchAttributes([
    { key: projectAttribute, value: project },
    { key: modelVersionAttribute, value: candidate },
    { key: verdictAttribute, value: 'rollback' },
  ]);
  await quick.checkOpen(project, experimentId);
  await withdrawCandidate({ project, candidate, experimentId, state: 'decided', outcome: 'rollback', reason, actor });
  const deletedObjects = await quick.deleteVersion(project, candidate);
  await quick.recordAudit({
    project,
    action: 'rollback',
    actor,
    subject: candidate,
    reason,
    details: { experimentId, deletedObjects },
  });
  const summary = `${candidate} was taken back and deleted: ${reason}`;
  await notify({ kind: 'rolled_back', project, subject: candidate, summary, details: { experiment: experimentId } });

  const { randomState, delayHours } = await quick.planRetraining(project);
  try {
    await startChild(trainCandidate, {
      workflowId: trainingId(project),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      args: [{ project, cause: `rollback of ${candidate}`, randomState, delayHours }],
    });
    return { candidate, deletedObjects, retrainingInHours: delayHours };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return { candidate, deletedObjects, retrainingInHours: null };
  }
}
