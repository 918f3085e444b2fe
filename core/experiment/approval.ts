import { ConflictError } from '../errors.js';
import type { ApprovalSettings } from './experiment-settings.js';

/**
 * `lapsed`: nobody answered in time, the experiment goes on · `withdrawn`: the experiment ended before anybody answered.
 */
export const approvalStates = ['pending', 'approved', 'rejected', 'lapsed', 'withdrawn'] as const;
export type ApprovalState = (typeof approvalStates)[number];

/** A human's answer to a request for promotion. */
export interface ApprovalAnswer {
  readonly answer: 'approved' | 'rejected';
  readonly by: string;
  readonly why: string;
}

/** A promotion that a person was asked about. */
export interface Approval {
  readonly id: number;
  readonly project: string;
  readonly experimentId: number;
  readonly candidateVersion: string;
  readonly state: ApprovalState;
  readonly requestedBy: string;
  readonly reason: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly remindedAt: Date | null;
  readonly decidedBy: string | null;
  readonly decidedReason: string | null;
  readonly decidedAt: Date | null;
  readonly workflowId: string;
}

/**
 * Whether this person may answer now. Everybody with the role may reject, also their own request.
 *
 * @throws {ConflictError} saying why not
 */
export function checkAnswer(
  approval: Pick<Approval, 'id' | 'state' | 'requestedBy' | 'expiresAt'>,
  { answer, by }: Pick<ApprovalAnswer, 'answer' | 'by'>,
  settings: Pick<ApprovalSettings, 'notByRequester'>,
  now: Date,
): void {
  if (approval.state !== 'pending') throw new ConflictError(`approval ${approval.id} is ${approval.state} already`);
  if (now.getTime() >= approval.expiresAt.getTime()) {
    throw new ConflictError(`approval ${approval.id} had to be answered by ${approval.expiresAt.toISOString()}`);
  }
  if (answer === 'approved' && settings.notByRequester && by === approval.requestedBy) {
    throw new ConflictError(`${by} asked for this promotion: somebody else must approve it`);
  }
}
