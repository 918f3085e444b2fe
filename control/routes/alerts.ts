import type { Request } from 'express';
import { z } from 'zod';
import { alertList, alertMetrics, createAlertStore } from '../../adapters/postgres/alert-store.js';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { auditRequest } from '../audit-request.js';
import type { ControlDeps } from '../control-deps.js';
import { checkIfMatch } from '../http/etag.js';
import { type Route, route } from '../http/route.js';
import { alertFields, alertSchema, alertSettings, alertView } from '../views/alert-view.js';
import { projectName, rowId } from '../views/fields.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';

const byId = z.strictObject({ id: rowId });

/** What people are told about, and where. */
export function alertRoutes({ pool, project, audit, webhook }: ControlDeps): Route[] {
  const alerts = createAlertStore(pool);

  /** The very reading that the change compares with: nothing can come in between. */
  async function seen({ params, request }: { params: z.infer<typeof byId>; request: Request }) {
    const alert = await alerts.get(params.id);
    checkIfMatch(request.headers['if-match'], alertView(alert), alertSettings);
    return alert;
  }

  return [
    route({
      method: 'get',
      path: '/api/monitoring/alerts',
      tag: 'monitoring',
      summary: 'Alerts of a project and their states',
      access: 'viewer',
      query: listQuery({
        project: projectName,
        state: z.enum(['ok', 'firing']).optional(),
        metric: z.enum(alertMetrics).optional(),
      }),
      answer: pageOf(alertSchema),
      async handle({ query }) {
        project(query.project);
        return pageView(await listPage(pool, alertList, toListQuery(query)), alertView);
      },
    }),
    route({
      method: 'post',
      path: '/api/monitoring/alerts',
      tag: 'monitoring',
      summary: 'Configure an alert',
      description: 'It is looked at every half minute; its webhook is told when it fires and when it is over.',
      access: 'operator',
      status: 201,
      idempotent: true,
      body: z.strictObject({
        project: projectName,
        ...alertFields,
        window_minutes: alertFields.window_minutes.default(60),
        enabled: alertFields.enabled.default(true),
      }),
      answer: alertSchema,
      problems: [409],
      async handle(context) {
        const { project: name, window_minutes: windowMinutes, webhook_url: webhookUrl, ...rule } = context.body;
        project(name);
        await webhook.check(webhookUrl);
        const alert = await alerts.create(name, { ...rule, windowMinutes, webhookUrl });
        const after = alertSettings(alertView(alert));
        await auditRequest(audit, context, { project: name, action: 'alert.create', subject: alert.name, after });
        return alertView(alert);
      },
    }),
    route({
      method: 'get',
      path: '/api/monitoring/alerts/:id',
      tag: 'monitoring',
      summary: 'One alert',
      access: 'viewer',
      params: byId,
      answer: alertSchema,
      problems: [404],
      settings: alertSettings,
      handle: async ({ params }) => alertView(await alerts.get(params.id)),
    }),
    route({
      method: 'patch',
      path: '/api/monitoring/alerts/:id',
      tag: 'monitoring',
      summary: 'Change an alert',
      access: 'operator',
      params: byId,
      body: z.strictObject(alertFields).partial(),
      answer: alertSchema,
      problems: [404, 409],
      settings: alertSettings,
      current: async ({ params }) => alertView(await alerts.get(params.id)),
      async handle(context) {
        const before = await seen(context);
        const { window_minutes, webhook_url, ...changes } = context.body;
        if (webhook_url !== undefined) await webhook.check(webhook_url);
        const alert = await alerts.change(before, {
          ...before,
          ...changes,
          windowMinutes: window_minutes ?? before.windowMinutes,
          webhookUrl: webhook_url ?? before.webhookUrl,
        });
        await auditRequest(audit, context, {
          project: alert.project,
          action: 'alert.change',
          subject: alert.name,
          before: alertSettings(alertView(before)),
          after: alertSettings(alertView(alert)),
        });
        return alertView(alert);
      },
    }),
    route({
      method: 'delete',
      path: '/api/monitoring/alerts/:id',
      tag: 'monitoring',
      summary: 'Remove an alert',
      access: 'operator',
      params: byId,
      problems: [404, 409],
      settings: alertSettings,
      current: async ({ params }) => alertView(await alerts.get(params.id)),
      async handle(context) {
        const alert = await alerts.remove(await seen(context));
        const before = alertSettings(alertView(alert));
        await auditRequest(audit, context, {
          project: alert.project,
          action: 'alert.remove',
          subject: alert.name,
          before,
        });
        return undefined;
      },
    }),
  ];
}
