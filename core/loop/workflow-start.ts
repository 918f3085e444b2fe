import { trainingId } from './workflow-ids.js';

/** A workflow to start: its type by name, so that who starts it needs none of the workflow code. */
export interface WorkflowStart {
  readonly type: string;
  readonly workflowId: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export const loopSteps = ['train', 'evaluate', 'drift'] as const;
export type LoopStep = (typeof loopSteps)[number];

/** One step of the loop, started by a person now instead of by its schedule. */
export function loopWorkflow(step: LoopStep, project: string, actor: string, now: Date): WorkflowStart {
  const stamp = now.toISOString();
  switch (step) {
    case 'train':
      return {
        type: 'trainCandidate',
        workflowId: trainingId(project),
        input: { project, cause: 'started by hand', actor },
      };
    case 'evaluate':
      return { type: 'evaluateExperiment', workflowId: `${project}-evaluate-${stamp}`, input: { project, actor } };
    case 'drift':
      return { type: 'monitorDrift', workflowId: `${project}-drift-${stamp}`, input: { project, actor } };
  }
}
