import { upsertSearchAttributes } from '@temporalio/workflow';
import { heavy, quick } from './activity-proxies.js';
import { modelVersionAttribute, projectAttribute, verdictAttribute } from './search-attributes.js';
import { notify } from './steps/notify.js';
import { switchProduction } from './steps/switch-production.js';
import { withdrawCandidate } from './steps/withdraw-candidate.js';

export interface PromoteInput {
  readonly project: string;
  readonly experimentId: number;
  readonly candidate: string;
  readonly reason: string;
  readonly actor: string;
}

export interface PromoteResult {
  readonly promoted: string;
  /** The new production version. */
  readonly version: string;
  readonly replaced: string | null;
}

/** CO{n} becomes BO{m+1}: copied, served by every production instance, and only then called done. */
export async function promote({
  project,
  experimentId,
  candidate,
  reason,
  actor,
}: PromoteInput): Promise<PromoteResult> {
  upsertSearchAttributes([
    { key: projectAttribute, value: project },
    { key: modelVersionAttribute, value: candidate },
    { key: verdictAttribute, value: 'promote' },
  ]);
  await quick.checkPromotable(project, experimentId, candidate);
  const { version, previous } = await heavy.copyToProduction(project, candidate);
  // while it was copied the watch may have stopped it
  await quick.checkPromotable(project, experimentId, candidate);
  await switchProduction({ project, version, previous, reason, actor });
  await withdrawCandidate({ project, candidate, experimentId, state: 'decided', outcome: 'promote', reason, actor });
  await quick.setModelState(project, candidate, 'retired');
  const details = { from: candidate, replaced: previous, experimentId };
  await quick.recordAudit({ project, action: 'promote', actor, subject: version, reason, details });
  const summary = `${candidate} is in production as ${version}: ${reason}`;
  await notify({
    kind: 'promoted',
    project,
    subject: version,
    summary,
    details: { from: candidate, experiment: experimentId },
  });
  return { promoted: candidate, version, replaced: previous };
}
