import { z } from 'zod';
import type { ScheduleStatus } from '../../adapters/temporal/loop-client.js';
import { scheduleId, scheduleKinds } from '../../adapters/temporal/reconcile-schedules.js';
import { NotFoundError } from '../../core/errors.js';
import { auditRequest } from '../audit-request.js';
import type { ControlDeps } from '../control-deps.js';
import { recent } from '../http/recent.js';
import { type Route, type RouteContext, route } from '../http/route.js';
import { projectName, reason } from '../views/fields.js';
import { scheduleSchema, scheduleSettings, scheduleView } from '../views/schedule-view.js';

const byId = z.strictObject({
  id: z
    .string()
    .max(120)
    .regex(/^[a-z0-9-]+$/, 'a schedule id, such as home-prices-train-weekly'),
});
const because = z.strictObject({ reason: reason.optional() });
type Context = RouteContext<z.output<typeof byId>, undefined, z.output<typeof because>>;

/** Every look asks Temporal three times: all who look within this time share one. */
const SHARED_MS = 1_000;

export function scheduleRoutes({ loop, project, projects, audit }: ControlDeps): Route[] {
  const looks = () => recent((name) => loop.schedules(name), { maxAgeMs: SHARED_MS });
  let planned = looks();

  async function found(id: string): Promise<ScheduleStatus & { project: string }> {
    for (const { name } of projects) {
      if (!scheduleKinds.some((kind) => scheduleId(name, kind) === id)) continue;
      const schedule = (await loop.schedules(name)).find((one) => one.id === id);
      if (schedule) return { ...schedule, project: name };
    }
    throw new NotFoundError(`there is no schedule ${id}; GET /api/schedules names them`);
  }

  async function change(context: Context, action: 'trigger' | 'pause' | 'resume') {
    const before = await found(context.params.id);
    const { id } = before;
    const why = context.body.reason ?? `by ${context.caller.name}`;
    if (action === 'trigger') await loop.triggerSchedule(id);
    else await loop.setPaused(id, action === 'pause', why);
    planned = looks(); // who has changed one sees it
    const after = await found(id);
    await auditRequest(audit, context, {
      project: before.project,
      action: `schedule.${action}`,
      subject: id,
      reason: why,
      before: { paused: before.paused },
      after: { paused: after.paused },
    });
    return scheduleView(after);
  }

  const changes = [
    { action: 'trigger', summary: 'Run a schedule now; it is skipped while its last run goes on' },
    { action: 'pause', summary: 'Stop a schedule from starting anything' },
    { action: 'resume', summary: 'Let a paused schedule start again' },
  ] as const;

  return [
    route({
      method: 'get',
      path: '/api/schedules',
      tag: 'schedules',
      summary: 'What the platform starts by itself, and when',
      access: 'viewer',
      query: z.strictObject({ project: projectName }),
      answer: z.object({ items: z.array(scheduleSchema), next_cursor: z.null() }),
      async handle({ query }) {
        const { name } = project(query.project);
        return { items: (await planned(name)).map(scheduleView), next_cursor: null };
      },
    }),
    route({
      method: 'get',
      path: '/api/schedules/:id',
      tag: 'schedules',
      summary: 'One schedule',
      access: 'viewer',
      params: byId,
      answer: scheduleSchema,
      problems: [404],
      settings: scheduleSettings,
      handle: async ({ params }) => scheduleView(await found(params.id)),
    }),
    ...changes.map(({ action, summary }) =>
      route({
        method: 'post',
        path: `/api/schedules/:id/${action}`,
        tag: 'schedules',
        summary,
        access: 'operator',
        ...(action === 'trigger' ? { status: 202, idempotent: true } : {}),
        params: byId,
        body: because,
        answer: scheduleSchema,
        problems: [404],
        settings: scheduleSettings,
        current: async ({ params }) => scheduleView(await found(params.id)),
        handle: (context) => change(context, action),
      }),
    ),
  ];
}
