import { z } from 'zod';
import type { CatalogModel } from '../../adapters/postgres/model-catalog.js';
import type { ModelLineage } from '../../adapters/postgres/model-lineage.js';
import { instant, iso, isoOrNull } from './fields.js';

export const lineageSchema = z
  .object({
    project: z.string(),
    version: z.string(),
    code_revision: z.string().nullable(),
    dataset: z
      .object({ number: z.int(), key: z.string(), rows: z.int(), sha256: z.string(), feedback_rows: z.int() })
      .nullable(),
    run: z.object({ id: z.string(), status: z.string(), cause: z.string().nullable() }).nullable(),
    parent: z.string().nullable(),
    children: z.array(z.string()).describe('Versions trained against it or copied from it'),
    experiments: z.array(
      z.object({
        id: z.int(),
        role: z.enum(['production', 'candidate']),
        other: z.string(),
        state: z.string(),
        outcome: z.string().nullable(),
        decisions: z.int(),
      }),
    ),
    deployments: z.array(
      z.object({
        slot: z.string(),
        created_at: instant,
        ended_at: instant.nullable(),
        reason: z.string(),
        actor: z.string(),
      }),
    ),
  })
  .meta({ id: 'Lineage' });

export function lineageView(model: CatalogModel, lineage: ModelLineage): z.input<typeof lineageSchema> {
  const { dataset } = lineage;
  const { codeRevision } = model.lineage;
  return {
    project: model.project,
    version: model.version,
    code_revision: typeof codeRevision === 'string' ? codeRevision : null,
    dataset: dataset && {
      number: dataset.number,
      key: dataset.key,
      rows: dataset.rows,
      sha256: dataset.sha256,
      feedback_rows: dataset.feedbackRows,
    },
    run: lineage.run,
    parent: model.parentVersion,
    children: [...lineage.children],
    experiments: lineage.experiments.map((experiment) => ({ ...experiment })),
    deployments: lineage.deployments.map(({ deployedAt, endedAt, ...deployment }) => ({
      ...deployment,
      created_at: iso(deployedAt),
      ended_at: isoOrNull(endedAt),
    })),
  };
}
