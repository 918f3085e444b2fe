import { z } from 'zod';
import type { Deployment } from '../../adapters/postgres/deployment-history.js';
import { instant, iso, isoOrNull, versionName } from './fields.js';

export const deploymentSchema = z
  .object({
    project: z.string(),
    slot: z.enum(['production', 'candidate']),
    version: versionName,
    generation: z.int(),
    reason: z.string(),
    actor: z.string(),
    workflow_id: z.string().nullable(),
    created_at: instant.describe('Since when'),
    ended_at: instant.nullable(),
  })
  .meta({ id: 'Deployment' });

export function deploymentView(deployment: Deployment): z.input<typeof deploymentSchema> {
  return {
    project: deployment.project,
    slot: deployment.slot,
    version: deployment.version,
    generation: deployment.generation,
    reason: deployment.reason,
    actor: deployment.actor,
    workflow_id: deployment.workflowId,
    created_at: iso(deployment.deployedAt),
    ended_at: isoOrNull(deployment.endedAt),
  };
}
