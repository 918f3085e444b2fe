import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { deploymentAt } from '../../adapters/postgres/deployment-history.js';
import { listInstances } from '../../adapters/postgres/instance-list.js';
import type { Slot } from '../../core/registry/version.js';
import type { ControlDeps } from '../control-deps.js';
import { recent } from '../http/recent.js';
import { type Route, route } from '../http/route.js';
import { decisionSchema, decisionView } from '../views/decision-view.js';
import { experimentSchema, experimentView } from '../views/experiment-view.js';
import { instant, iso, projectName, versionName } from '../views/fields.js';
import { instanceSchema, instanceView, SHOWN_WITHIN_MS } from '../views/instance-view.js';
import { scheduleSchema, scheduleView } from '../views/schedule-view.js';

const slotSchema = z.object({
  version: versionName,
  since: instant.nullable(),
  reason: z.string().nullable(),
  actor: z.string().nullable(),
  metrics: z.record(z.string(), z.number()),
});

const overviewSchema = z
  .object({
    project: z.string(),
    production: slotSchema.nullable(),
    candidate: slotSchema.nullable(),
    experiment: experimentSchema.nullable(),
    instances: z.array(instanceSchema),
    schedules: z.array(scheduleSchema),
    last_decision: decisionSchema.nullable(),
    unavailable: z.array(z.string()).describe('Parts that did not answer: what they would say is missing above'),
  })
  .meta({ id: 'Overview' });

/** Schedules change seldom and every look asks Temporal three times. */
const SCHEDULES_MAX_AGE_MS = 3_000;
const SCHEDULES_WAIT_MS = 1_000;

export function overviewRoutes(deps: ControlDeps): Route[] {
  const { pool, registry, slots, experiments, decisions, loop, now } = deps;
  const schedules = recent(
    // that Temporal does not answer is remembered as well: nobody waits for it again and again
    (project) =>
      Promise.race([loop.schedules(project), pause(SCHEDULES_WAIT_MS, null, { ref: false })]).catch(() => null),
    { maxAgeMs: SCHEDULES_MAX_AGE_MS },
  );

  async function slotView(project: string, slot: Slot): Promise<z.input<typeof slotSchema> | null> {
    const { version } = await slots.get(project, slot);
    if (version === null) return null;
    const [model, deployment] = await Promise.all([
      registry.get(project, version),
      deploymentAt(pool, project, slot, now()),
    ]);
    return {
      version,
      since: deployment ? iso(deployment.deployedAt) : null,
      reason: deployment?.reason ?? null,
      actor: deployment?.actor ?? null,
      metrics: { ...model.metrics },
    };
  }

  async function lastDecision(project: string) {
    const decision = await decisions.latest(project);
    if (!decision) return null;
    return decisionView(decision, (await experiments.get(decision.experimentId)).rule);
  }

  return [
    route({
      method: 'get',
      path: '/api/overview',
      tag: 'overview',
      summary: 'What a project serves, compares and does next',
      access: 'viewer',
      query: z.strictObject({ project: projectName }),
      answer: overviewSchema,
      async handle({ query: { project: name } }) {
        const { name: project, judgedBy } = deps.project(name);
        const planned = schedules(project);
        const [production, candidate, experiment, instances, decision] = await Promise.all([
          slotView(project, 'production'),
          slotView(project, 'candidate'),
          experiments.current(project),
          listInstances(pool, project, SHOWN_WITHIN_MS),
          lastDecision(project),
        ]);
        const known = await planned;
        return {
          project,
          production,
          candidate,
          experiment: experiment && experimentView(experiment, judgedBy),
          instances: instances.map((instance) => instanceView(instance, now())),
          schedules: (known ?? []).map(scheduleView),
          last_decision: decision,
          unavailable: known ? [] : ['temporal'],
        };
      },
    }),
  ];
}
