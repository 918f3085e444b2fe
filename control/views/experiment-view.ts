import { z } from 'zod';
import type { Experiment } from '../../activities/ports.js';
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
    production_version: versionName,
    candidate_version: versionName,
    state: z.enum(experimentStates),
    candidate_weight_percent: z.number(),
    rule: recorded.describe('The decision rule as the model project declared it when the experiment was opened'),
    expected_users: z.int(),
    outcome: z.string().nullable(),
    created_at: instant,
    started_at: instant.nullable().describe('The clock of the decision: users before it do not count'),
    ended_at: instant.nullable(),
  })
  .meta({ id: 'Experiment' });

export type ExperimentView = z.input<typeof experimentSchema>;

export function experimentView(experiment: Experiment): ExperimentView {
  return {
    id: experiment.id,
    project: experiment.project,
    production_version: experiment.productionVersion,
    candidate_version: experiment.candidateVersion,
    state: experiment.state,
    candidate_weight_percent: experiment.candidateWeightPercent,
    rule: { ...experiment.rule },
    expected_users: experiment.expectedUsers,
    outcome: experiment.outcome,
    created_at: iso(experiment.createdAt),
    started_at: isoOrNull(experiment.startedAt),
    ended_at: isoOrNull(experiment.endedAt),
  };
}
