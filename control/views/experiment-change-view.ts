import { z } from 'zod';
import type { ExperimentChange } from '../../activities/ports.js';
import { instant, iso } from './fields.js';

export const changeSchema = z
  .object({
    id: z.int(),
    experiment_id: z.int(),
    from_state: z.string(),
    to_state: z.string(),
    from_weight_percent: z.number().describe('Share of users in force before'),
    to_weight_percent: z.number(),
    clock_restarted: z.boolean().describe('The counts of the decision began anew'),
    reason: z.string(),
    actor: z.string(),
    at: instant,
  })
  .meta({ id: 'ExperimentChange' });

export function changeView(change: ExperimentChange): z.input<typeof changeSchema> {
  return {
    id: change.id,
    experiment_id: change.experimentId,
    from_state: change.fromState,
    to_state: change.toState,
    from_weight_percent: change.fromWeight,
    to_weight_percent: change.toWeight,
    clock_restarted: change.clockRestarted,
    reason: change.reason,
    actor: change.actor,
    at: iso(change.at),
  };
}
