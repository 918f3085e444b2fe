import { z } from 'zod';
import { type AuditRecord, auditList } from '../../adapters/postgres/lists/audit-list.js';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import type { ControlDeps } from '../control-deps.js';
import { type Route, route } from '../http/route.js';
import { instant, iso, projectName, recorded } from '../views/fields.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';

const auditSchema = z
  .object({
    id: z.int(),
    project: z.string().nullable(),
    action: z.string(),
    actor: z.string(),
    subject: z.string(),
    reason: z.string().nullable(),
    details: recorded,
    workflow_id: z.string().nullable(),
    created_at: instant,
  })
  .meta({ id: 'AuditEntry' });

function auditView({ at, reason, ...entry }: AuditRecord): z.input<typeof auditSchema> {
  return {
    id: entry.id,
    project: entry.project,
    action: entry.action,
    actor: entry.actor,
    subject: entry.subject,
    reason: reason === '' ? null : reason,
    details: { ...entry.details },
    workflow_id: entry.workflowId,
    created_at: iso(at),
  };
}

const text = z.string().min(1).max(200).optional();

export function auditRoutes({ pool, project }: ControlDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/audit',
      tag: 'audit',
      summary: 'Every change of state: who, when, what and why',
      access: 'viewer',
      query: listQuery({ project: projectName.optional(), action: text, actor: text, subject: text }),
      answer: pageOf(auditSchema),
      async handle({ query }) {
        if (query.project !== undefined) project(query.project);
        return pageView(await listPage(pool, auditList, toListQuery(query)), auditView);
      },
    }),
  ];
}
