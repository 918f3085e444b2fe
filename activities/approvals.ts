import { type Approval, type ApprovalAnswer, checkAnswer } from '../core/experiment/approval.js';
import { parseExperimentSettings } from '../core/experiment/experiment-settings.js';
import type { ModelProject } from '../core/project.js';
import { caller, stepKey } from './activity-key.js';
import { withDomainFailures } from './domain-failures.js';
import type { ApprovalStore } from './ports.js';

export interface ApprovalDeps {
  readonly project: (name: string) => ModelProject;
  readonly approvals: ApprovalStore;
  readonly now: () => Date;
}

const HOUR_MS = 3_600_000;

/** A promotion waits for a person: asked, reminded, answered, or lapsed. */
export function createApprovalActivities({ project, approvals, now }: ApprovalDeps) {
  const settingsOf = (name: string) => parseExperimentSettings(project(name).experiment).approval;
  return withDomainFailures({
    /** Asks for a promotion, and says how long to wait and when to remind. */
    async requestApproval(request: {
      project: string;
      experimentId: number;
      candidateVersion: string;
      requestedBy: string;
      reason: string;
    }): Promise<{ id: number; timeLimitMs: number; reminderMs: number; expiresAt: string }> {
      const { timeLimitHours, reminderHours } = settingsOf(request.project);
      const timeLimitMs = timeLimitHours * HOUR_MS;
      const { id, expiresAt } = await approvals.request(
        { ...request, expiresAt: new Date(now().getTime() + timeLimitMs), workflowId: caller().workflowId },
        stepKey('approval'),
      );
      return { id, timeLimitMs, reminderMs: reminderHours * HOUR_MS, expiresAt: expiresAt.toISOString() };
    },

    /** A person's answer, checked against the project's rules. */
    async answerApproval(id: number, answer: ApprovalAnswer): Promise<Approval['state']> {
      const { project: name } = await approvals.get(id);
      const settings = settingsOf(name);
      const answered = await approvals.answer(id, answer, (approval) => checkAnswer(approval, answer, settings, now()));
      return answered.state;
    },

    /** Ends the waiting; what a person answered in the last moment holds. */
    async closeApproval(id: number, state: 'lapsed' | 'withdrawn'): Promise<Approval['state']> {
      return (await approvals.close(id, state)).state;
    },

    async recordReminder(id: number): Promise<void> {
      await approvals.reminded(id);
    },
  });
}

export type ApprovalActivities = ReturnType<typeof createApprovalActivities>;
