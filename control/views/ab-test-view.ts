import { z } from 'zod';
import type { AbTest } from '../../activities/ports.js';
import type { AbTestLook } from '../../core/experiment/ab-test.js';
import { successMetrics } from '../../core/experiment/success-metric.js';
import { instant, iso, isoOrNull, numbers, recorded } from './fields.js';

/** Names of variants: whatever the models are called where they are served. */
export const variantName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,62}$/, 'a name of up to 63 of A-Z a-z 0-9 . _ : -');

export const treatmentSchema = z.strictObject({
  name: variantName,
  percent: z
    .number()
    .gt(0)
    .lt(100)
    .refine((value) => Math.abs(Math.round(value * 100) - value * 100) < 1e-6, 'at most two decimals')
    .describe('Share of all users'),
});

const armSchema = z.object({
  treatment: z.string(),
  verdict: z.string(),
  reason: z.string(),
  rule: z.object({ verdict: z.string(), reason: z.string(), numbers }),
  evidence: z.object({ verdict: z.string(), reason: z.string(), stage: z.string(), numbers }),
});

export const abTestSchema = z
  .object({
    id: z.int(),
    project: z.string(),
    name: z.string(),
    success_metric: z.enum(successMetrics),
    control: z.string(),
    treatments: z.array(treatmentSchema),
    rule: recorded,
    expected_users: z.int(),
    state: z.enum(['running', 'decided', 'expired', 'stopped']),
    winner: z.string().nullable(),
    reason: z.string().nullable().describe('Why it ended'),
    created_by: z.string(),
    started_at: instant,
    ended_at: instant.nullable(),
  })
  .meta({ id: 'AbTest' });

export const abTestResultSchema = z
  .object({
    read_at: instant,
    winner: z.string().nullable().describe('At most one treatment'),
    would_end: z.string().nullable().describe('How the next hourly look would end the test, in words'),
    treatments: z.array(armSchema),
  })
  .meta({ id: 'AbTestResult' });

export function abTestView(test: AbTest): z.input<typeof abTestSchema> {
  return {
    id: test.id,
    project: test.project,
    name: test.name,
    success_metric: test.metric,
    control: test.control,
    treatments: [...test.treatments],
    rule: { ...test.rule },
    expected_users: test.expectedUsers,
    state: test.state,
    winner: test.winner,
    reason: test.reason,
    created_by: test.createdBy,
    started_at: iso(test.startedAt),
    ended_at: isoOrNull(test.endedAt),
  };
}

export function abTestResultView(look: AbTestLook, at: Date): z.input<typeof abTestResultSchema> {
  return {
    read_at: iso(at),
    winner: look.winner,
    would_end: look.ending?.reason ?? null,
    treatments: look.decisions.map(({ name, decision: { verdict, reason, rule, evidence } }) => ({
      treatment: name,
      verdict,
      reason,
      rule: { verdict: rule.verdict, reason: rule.reason, numbers: rule.numbers },
      evidence: {
        verdict: evidence.verdict,
        reason: evidence.reason,
        stage: evidence.stage,
        numbers: evidence.numbers,
      },
    })),
  };
}
