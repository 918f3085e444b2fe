import { z } from 'zod';
import type { ScheduleStatus } from '../../adapters/temporal/loop-client.js';
import { instant, isoOrNull } from './fields.js';

export const scheduleSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['train', 'evaluate', 'drift']),
    spec: z.string(),
    timezone: z.string(),
    next_run: instant.nullable(),
    last_run: instant.nullable(),
    last_job_id: z.string().nullable(),
    paused: z.boolean(),
  })
  .meta({ id: 'Schedule' });

export function scheduleView(schedule: ScheduleStatus): z.input<typeof scheduleSchema> {
  return {
    id: schedule.id,
    kind: schedule.kind,
    spec: schedule.spec,
    timezone: schedule.timezone,
    next_run: isoOrNull(schedule.nextRun),
    last_run: isoOrNull(schedule.lastRun),
    last_job_id: schedule.lastWorkflowId,
    paused: schedule.paused,
  };
}
