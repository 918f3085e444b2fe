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

type ScheduleView = z.input<typeof scheduleSchema>;

/** What people change: when it ran and runs next changes by itself. */
export function scheduleSettings({ next_run, last_run, last_job_id, ...settings }: ScheduleView) {
  return settings;
}

export function scheduleView(schedule: ScheduleStatus): ScheduleView {
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
