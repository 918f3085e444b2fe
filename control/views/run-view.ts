import { z } from 'zod';
import type { Run } from '../../activities/ports.js';
import { instant, iso, isoOrNull, recorded } from './fields.js';

export const runSchema = z
  .object({
    id: z.string(),
    project: z.string(),
    kind: z.string(),
    parent_id: z.string().nullable(),
    status: z.enum(['running', 'succeeded', 'failed', 'cancelled']),
    parameters: recorded,
    metrics: z.record(z.string(), z.number()),
    tags: z.record(z.string(), z.string()),
    error: z.string().nullable(),
    created_at: instant,
    ended_at: instant.nullable(),
    duration_ms: z.number().nullable(),
  })
  .meta({ id: 'Run' });

export function runView(run: Run): z.input<typeof runSchema> {
  return {
    id: run.id,
    project: run.project,
    kind: run.kind,
    parent_id: run.parentId,
    status: run.status,
    parameters: { ...run.parameters },
    metrics: { ...run.metrics },
    tags: { ...run.tags },
    error: run.error,
    created_at: iso(run.startedAt),
    ended_at: isoOrNull(run.endedAt),
    duration_ms: run.endedAt && run.endedAt.getTime() - run.startedAt.getTime(),
  };
}
