import type { Approval, ApprovalAnswer } from '../../core/experiment/approval.js';

export interface ApprovalStore {
  /** Asks, once per key. What another request of the project still waited for is withdrawn: its workflow is gone. */
  request(
    request: Pick<
      Approval,
      'project' | 'experimentId' | 'candidateVersion' | 'requestedBy' | 'reason' | 'expiresAt' | 'workflowId'
    >,
    idempotencyKey: string,
  ): Promise<Approval>;
  /** @throws {NotFoundError} */
  get(id: number): Promise<Approval>;
  /**
   * Stores a person's answer; the same answer again changes nothing.
   * @param check is given the request as it is, locked, and throws where the answer is not allowed
   */
  answer(id: number, answer: ApprovalAnswer, check: (approval: Approval) => void): Promise<Approval>;
  /** Closes a request that nobody answered; an answered one stays as it is. */
  close(id: number, state: 'lapsed' | 'withdrawn'): Promise<Approval>;
  reminded(id: number): Promise<void>;
}
