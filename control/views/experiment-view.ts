import { z } from 'zod';
import type { Experiment } from '../../activities/ports.js';
import { phaseOf, trafficOf } from '../../core/experiment/experiment-life.js';
import { type JudgedBy, judgedByIn } from '../../core/experiment/judged-by.js';
import { successMetrics } from '../../core/experiment/success-metric.js';
import { instant, iso, isoOrNull, recorded, versionName } from './fields.js';

export const experimentStates = [
  'warming',
  'shadow',
  'ramping',
  'running',
  'paused',
  'decided',
  'expired',
  'stopped',
] as const;

export const experimentSchema = z
  .object({
    id: z.int(),
    project: z.string(),
    name: z.string().nullable(),
    metric: z.enum(successMetrics).describe('What it is about; `score` is the weighted score of the rule'),
    judged_by: z
      .enum(['ratings', 'labels'])
      .describe('What counts as a rating: stars, or how right the prediction was once the true value is told (0 to 5)'),
    production_version: versionName,
    candidate_version: versionName,
    state: z.enum(experimentStates),
    candidate_weight_percent: z.number().describe('Share of users at full weight'),
    traffic: z
      .object({ candidate_weight_percent: z.number(), shadow_percent: z.number() })
      .describe('Shares in force now: of users, and of requests that are copied to the candidate'),
    path: recorded.describe(
      'Ramp as it was when the experiment was opened; shadow as it was then, or as a person asked for it since',
    ),
    ramp_step: z.int().describe('Step of the ramp, from 0, while ramping'),
    paused_from: z.string().nullable(),
    phase_started_at: instant.describe('Since when the state, or this step of the ramp, lasts'),
    paused_seconds: z.number(),
    rule: recorded.describe('The decision rule as the model project declared it when the experiment was opened'),
    expected_users: z.int(),
    outcome: z.string().nullable(),
    created_at: instant,
    started_at: instant.nullable().describe('The clock of the decision: users before it do not count'),
    ended_at: instant.nullable(),
  })
  .meta({ id: 'Experiment' });

const NONE = { candidateWeightPercent: 0, shadowPercent: 0 };

export type ExperimentView = z.input<typeof experimentSchema>;

/** @param judgedBy of the project */
export function experimentView(experiment: Experiment, judgedBy?: JudgedBy): ExperimentView {
  const traffic = experiment.endedAt ? NONE : trafficOf(phaseOf(experiment), experiment.path);
  return {
    id: experiment.id,
    project: experiment.project,
    name: experiment.name,
    metric: experiment.metric,
    judged_by: judgedByIn(experiment.metric, judgedBy),
    production_version: experiment.productionVersion,
    candidate_version: experiment.candidateVersion,
    state: experiment.state,
    candidate_weight_percent: experiment.candidateWeightPercent,
    traffic: { candidate_weight_percent: traffic.candidateWeightPercent, shadow_percent: traffic.shadowPercent },
    path: { ...experiment.path },
    ramp_step: experiment.rampStep,
    paused_from: experiment.pausedFrom,
    phase_started_at: iso(experiment.phaseStartedAt),
    paused_seconds: experiment.pausedSeconds,
    rule: { ...experiment.rule },
    expected_users: experiment.expectedUsers,
    outcome: experiment.outcome,
    created_at: iso(experiment.createdAt),
    started_at: isoOrNull(experiment.startedAt),
    ended_at: isoOrNull(experiment.endedAt),
  };
}
