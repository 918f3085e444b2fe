import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild, upsertSearchAttributes } from '@temporalio/workflow';
import type { DriftOutcome } from '../activities/drift.js';
import { trainingId } from '../core/loop/workflow-ids.js';
import { heavy, quick } from './activity-proxies.js';
import { modelVersionAttribute, projectAttribute, verdictAttribute } from './search-attributes.js';
import { notify } from './steps/notify.js';
import { trainCandidate } from './train-candidate.js';

export interface MonitorDriftInput {
  readonly project: string;
  readonly actor?: string;
}

export interface MonitorDriftResult extends DriftOutcome {
  readonly retrainingStarted: boolean;
}

/** Compares a day of predictions with what the production model was trained on; lasting drift starts a training. */
export async function monitorDrift({ project, actor = 'incumbent' }: MonitorDriftInput): Promise<MonitorDriftResult> {
  upsertSearchAttributes([{ key: projectAttribute, value: project }]);
  const outcome = await heavy.measureDrift(project);
  upsertSearchAttributes([{ key: verdictAttribute, value: outcome.verdict }]);
  if (outcome.modelVersion) upsertSearchAttributes([{ key: modelVersionAttribute, value: outcome.modelVersion }]);
  if (outcome.verdict === 'drift' || outcome.modelDriftAlert) {
    const { modelVersion, reason, rows, modelDriftScore } = outcome;
    await notify({
      kind: 'drift',
      project,
      subject: modelVersion ?? project,
      summary: reason,
      details: { rows, ...(modelDriftScore === null ? {} : { modelDriftScore }) },
    });
  }
  if (!outcome.retrain) return { ...outcome, retrainingStarted: false };

  await quick.recordAudit({
    project,
    action: 'retrain',
    actor,
    subject: outcome.modelVersion ?? project,
    reason: outcome.reason,
  });
  try {
    await startChild(trainCandidate, {
      workflowId: trainingId(project),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      args: [{ project, cause: outcome.reason, actor }],
    });
    return { ...outcome, retrainingStarted: true };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return { ...outcome, retrainingStarted: false };
  }
}
