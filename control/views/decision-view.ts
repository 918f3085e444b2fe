import { z } from 'zod';
import type { RecordedDecision } from '../../activities/ports.js';
import type { DecisionRule } from '../../core/experiment/decision-rule.js';
import { instant, iso, numbers } from './fields.js';
import { variantSchema, variantView } from './variant-view.js';

const policyVerdict = {
  verdict: z.string(),
  reason: z.string().describe('One sentence for a person'),
  numbers,
};

export const decisionSchema = z
  .object({
    id: z.int(),
    experiment_id: z.int(),
    project: z.string(),
    policy: z.enum(['rule', 'evidence']).describe('Whose verdict acts'),
    verdict: z.string(),
    reason: z.string(),
    decided_at: instant,
    workflow_id: z.string().nullable(),
    evaluation: z.object({
      action: z.string().describe('What the platform did about it'),
      production: variantSchema,
      candidate: variantSchema,
      users_in_both: z.number(),
      rule: z.looseObject(policyVerdict),
      evidence: z.looseObject({
        ...policyVerdict,
        stage: z.string(),
        needed: z
          .object({ ratings: z.number().nullable(), users: z.number().nullable(), hours: z.number().nullable() })
          .nullable(),
      }),
    }),
  })
  .meta({ id: 'Decision' });

export type DecisionView = z.input<typeof decisionSchema>;

/** @param rule of the decision's experiment: the scores of both variants are read with it */
export function decisionView(decision: RecordedDecision, rule: DecisionRule): DecisionView {
  const { action, summary, rule: byRule, evidence } = decision.evaluation;
  return {
    id: decision.id,
    experiment_id: decision.experimentId,
    project: decision.project,
    policy: decision.policy as 'rule' | 'evidence',
    verdict: decision.verdict,
    reason: decision.reason,
    decided_at: iso(decision.decidedAt),
    workflow_id: decision.workflowId,
    evaluation: {
      action,
      production: variantView(summary.production, rule),
      candidate: variantView(summary.candidate, rule),
      users_in_both: summary.usersInBoth,
      rule: { ...byRule, numbers: { ...byRule.numbers } },
      evidence: { ...evidence, numbers: { ...evidence.numbers }, needed: evidence.needed && { ...evidence.needed } },
    },
  };
}
