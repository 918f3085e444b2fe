import { z } from 'zod';
import type { Instance } from '../../activities/ports.js';
import { instant, iso } from './fields.js';

export const instanceSchema = z
  .object({
    id: z.string(),
    role: z.enum(['production', 'candidate', 'router']),
    address: z.string(),
    version: z.string().nullable(),
    generation: z.int(),
    seen_at: instant,
    healthy: z.boolean().describe('Heard of within ten seconds and without an error'),
    error: z.string().nullable(),
  })
  .meta({ id: 'Instance' });

const HEALTHY_WITHIN_MS = 10_000;
/** One that died is shown for a while, so that a person sees that it is missing. */
export const SHOWN_WITHIN_MS = 10 * 60_000;

export function instanceView(instance: Instance, now: Date): z.input<typeof instanceSchema> {
  return {
    id: instance.id,
    role: instance.role,
    address: instance.address,
    version: instance.version,
    generation: instance.generation,
    seen_at: iso(instance.seenAt),
    healthy: instance.error === null && now.getTime() - instance.seenAt.getTime() <= HEALTHY_WITHIN_MS,
    error: instance.error,
  };
}
