import { z } from 'zod';
import { type AuditRecord, auditList } from '../../adapters/postgres/lists/audit-list.js';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { verifyAudit } from '../../adapters/postgres/verify-audit.js';
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

const verificationSchema = z
  .object({
    rows: z.int().describe('Entries of the chain'),
    unchained: z.int().describe('Entries from before there was a chain: nothing can be said about them'),
    head: z.string().describe('`{count}:{hash}`; kept elsewhere, it proves later that nothing before it was rewritten'),
    findings: z.array(z.object({ kind: z.string(), sequence: z.int().nullable(), message: z.string() })),
  })
  .meta({ id: 'AuditVerification' });

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
    route({
      method: 'get',
      path: '/api/audit/verification',
      tag: 'audit',
      summary: 'Whether the audit log is what was written: names each entry that was changed, removed or moved',
      description: 'Reads the whole log: 100,000 entries take about a second.',
      access: 'admin',
      query: z.strictObject({
        head: z
          .string()
          .regex(/^\d{1,15}:[0-9a-f]{64}$/, 'count:hash, as an earlier verification told it')
          .optional(),
      }),
      answer: verificationSchema,
      async handle({ query: { head } }) {
        const { rows, unchained, head: end, findings } = await verifyAudit(pool, head);
        return { rows, unchained, head: end, findings: findings.map((finding) => ({ ...finding })) };
      },
    }),
  ];
}
