import { z } from 'zod';
import type { StoredDriftReport } from '../../activities/ports.js';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { driftList } from '../../adapters/postgres/lists/lists.js';
import { readFeedbackTotals } from '../../adapters/postgres/performance-reader.js';
import type { ControlDeps } from '../control-deps.js';
import { recent } from '../http/recent.js';
import { type Route, route } from '../http/route.js';
import { type HoursOfPredictions, MOST_HOURS } from '../monitoring/hours-of-predictions.js';
import { instant, iso, projectName, versionName } from '../views/fields.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';

const driftSchema = z
  .object({
    id: z.int(),
    project: z.string(),
    model_version: z.string(),
    window_start: instant,
    window_end: instant,
    rows: z.int(),
    drifted: z.boolean(),
    score: z.number().nullable(),
    report: z.unknown().describe('The whole report, with the field names of the drift report'),
    created_at: instant,
  })
  .meta({ id: 'DriftReport' });

function driftView(report: StoredDriftReport): z.input<typeof driftSchema> {
  return {
    id: report.id,
    project: report.project,
    model_version: report.modelVersion,
    window_start: iso(report.windowStart),
    window_end: iso(report.windowEnd),
    rows: report.rows,
    drifted: report.drifted,
    score: report.score,
    report: report.report,
    created_at: iso(report.createdAt),
  };
}

const hourSchema = z.object({
  hour: instant,
  variant: z.string(),
  model_version: z.string(),
  requests: z.number(),
  users: z.number(),
  mean_latency_ms: z.number(),
  p50_latency_ms: z.number(),
  p95_latency_ms: z.number(),
  p99_latency_ms: z.number(),
  mean_prediction: z.number(),
});

const performanceSchema = z
  .object({
    project: z.string(),
    from: instant,
    to: instant,
    unit: z.string(),
    task: z.enum(['regression', 'classification']),
    hours: z.array(hourSchema).describe('Predictions by hour, variant and model version; shadow copies left out'),
    feedback: z.array(
      z.object({
        variant: z.string(),
        model_version: z.string(),
        ratings: z.number(),
        mean_rating: z.number().nullable(),
        actual_prices: z.number(),
        mean_absolute_error: z.number().nullable().describe('Of the predictions whose actual price was told'),
        actual_classes: z.number().describe('True classes told'),
        share_right: z.number().nullable().describe('Of the predictions whose true class was told'),
        comments: z.number(),
      }),
    ),
  })
  .meta({ id: 'Performance' });

/** All who look within this time share one count. */
const PERFORMANCE_MAX_AGE_MS = 15_000;
const HOUR_MS = 3_600_000;

export function monitoringRoutes({
  pool,
  project,
  hours: counts,
  now,
}: ControlDeps & { hours: HoursOfPredictions }): Route[] {
  const performance = recent(
    async (key) => {
      const [name, hours] = key.split(' ') as [string, string];
      const to = now();
      const from = new Date(Math.floor(to.getTime() / HOUR_MS - Number(hours)) * HOUR_MS);
      const [read, feedback] = await Promise.all([
        counts.read(name, from, to),
        readFeedbackTotals(pool, name, from, to, project(name).target.classes ?? []),
      ]);
      return { from, to, hours: read, feedback };
    },
    { maxAgeMs: PERFORMANCE_MAX_AGE_MS },
  );
  return [
    route({
      method: 'get',
      path: '/api/monitoring/drift',
      tag: 'monitoring',
      summary: 'Drift reports of a project',
      access: 'viewer',
      query: listQuery({
        project: projectName,
        drifted: z.enum(['true', 'false']).optional(),
        model_version: versionName.optional(),
      }),
      answer: pageOf(driftSchema),
      async handle({ query }) {
        project(query.project);
        return pageView(await listPage(pool, driftList, toListQuery(query)), driftView);
      },
    }),
    route({
      method: 'get',
      path: '/api/monitoring/metrics',
      tag: 'monitoring',
      summary: 'How the models of a project did: traffic, latency and what people said',
      access: 'viewer',
      query: z.strictObject({
        project: projectName,
        hours: z.coerce
          .number()
          .int()
          .min(1)
          .max(MOST_HOURS)
          .default(24)
          .describe('How far back; the first hour is a whole one'),
      }),
      answer: performanceSchema,
      async handle({ query }) {
        const { name, target, task } = project(query.project);
        const found = await performance(`${name} ${query.hours}`);
        return {
          project: name,
          from: iso(found.from),
          to: iso(found.to),
          unit: target.unit,
          task,
          hours: found.hours.map((hour) => ({
            hour: iso(hour.hour),
            variant: hour.variant,
            model_version: hour.modelVersion,
            requests: hour.requests,
            users: hour.users,
            mean_latency_ms: hour.meanLatencyMs,
            p50_latency_ms: hour.p50LatencyMs,
            p95_latency_ms: hour.p95LatencyMs,
            p99_latency_ms: hour.p99LatencyMs,
            mean_prediction: hour.meanPrediction,
          })),
          feedback: found.feedback.map((totals) => ({
            variant: totals.variant,
            model_version: totals.modelVersion,
            ratings: totals.ratings,
            mean_rating: totals.meanRating,
            actual_prices: totals.actuals,
            mean_absolute_error: totals.meanAbsoluteError,
            actual_classes: totals.actualClasses,
            share_right: totals.shareRight,
            comments: totals.comments,
          })),
        };
      },
    }),
  ];
}
