import { z } from 'zod';
import { InvalidInputError } from '../errors.js';

const percent = (what: string) =>
  z
    .number()
    .gt(0, `${what} must lie in (0, 100]`)
    .max(100, `${what} must lie in (0, 100]`)
    .refine((value) => Math.abs(Math.round(value * 100) - value * 100) < 1e-6, `${what}: at most two decimals`);
const positive = (what: string) => z.number().gt(0, `${what} must be greater than 0`);

/** The candidate first answers copies of production's requests, which no user sees; both limits that are given must be reached. */
const shadowSchema = z
  .strictObject({
    hours: positive('shadow.hours').max(720, 'shadow.hours must be at most 720').optional(),
    /** Copies that the candidate answered. */
    minRequests: z.int().min(1, 'shadow.minRequests must be at least 1').max(1_000_000).optional(),
    /** Share of production's requests that is copied. */
    percent: percent('shadow.percent').default(100),
  })
  .refine(({ hours, minRequests }) => hours !== undefined || minRequests !== undefined, {
    message: 'shadow needs hours or minRequests: when would it end?',
  });

const rampStepSchema = z.strictObject({
  weightPercent: percent('ramp.weightPercent'),
  /** The step is left after this time without a broken guardrail. */
  holdMinutes: positive('ramp.holdMinutes').max(43_200, 'ramp.holdMinutes must be at most 43200 (30 days)'),
});

const approvalSchema = z.strictObject({
  /** A person must say yes before a candidate is promoted. */
  required: z.boolean(),
  /** Who asked for the promotion may not approve it. */
  notByRequester: z.boolean().default(true),
  /** After this time without an answer the request lapses; production stays. */
  timeLimitHours: positive('approval.timeLimitHours').max(720).default(72),
  reminderHours: positive('approval.reminderHours').max(720).default(24),
});

const experimentSettingsSchema = z
  .strictObject({
    shadow: shadowSchema.optional(),
    /** Shares of users before the full weight, for example 1 → 5 → 20 %. */
    ramp: z.array(rampStepSchema).max(20, 'ramp has at most 20 steps').default([]),
    approval: approvalSchema.prefault({ required: false }),
  })
  .superRefine(({ ramp }, refinement) => {
    ramp.forEach((step, i) => {
      const before = ramp[i - 1]?.weightPercent ?? 0;
      if (step.weightPercent <= before) {
        const message = `ramp must rise from step to step, got ${before} before ${step.weightPercent}`;
        refinement.addIssue({ code: 'custom', path: ['ramp', i, 'weightPercent'], message });
      }
    });
  });

/** How a model project wants its experiments conducted; every part may be left out. */
export type ExperimentOptions = z.input<typeof experimentSettingsSchema>;
export type ExperimentSettings = z.output<typeof experimentSettingsSchema>;
export type ShadowSettings = NonNullable<ExperimentSettings['shadow']>;
export type ApprovalSettings = ExperimentSettings['approval'];

/** What of the settings an experiment's row keeps: the way to its full weight, of which a person may change the shadow. */
export type ExperimentPath = Pick<ExperimentSettings, 'shadow' | 'ramp'>;

/**
 * Fills in the defaults and checks the numbers.
 *
 * @throws {InvalidInputError} naming each field with what is allowed
 */
export function parseExperimentSettings(input: unknown = {}): ExperimentSettings {
  const result = experimentSettingsSchema.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
  throw new InvalidInputError(`invalid experiment settings: ${problems.map((p) => p.message).join('; ')}`, problems);
}
