import { expect, test } from 'vitest';
import type { HourView } from '../../web/src/api/performance.js';
import { hourlySeries } from '../../web/src/ops/traffic/hourly-series.js';

const hour = (at: string, variant: HourView['variant'], requests: number, latency: number): HourView => ({
  hour: at,
  variant,
  model_version: 'BO1',
  requests,
  users: 1,
  mean_latency_ms: latency,
  p50_latency_ms: latency,
  p95_latency_ms: latency,
  p99_latency_ms: latency,
  mean_prediction: 90,
});

const hours = [
  hour('2026-01-01T11:00:00.000Z', 'production', 30, 2),
  hour('2026-01-01T11:00:00.000Z', 'production', 10, 6),
  hour('2026-01-01T10:00:00.000Z', 'candidate', 5, 4),
];

test('both variants share one axis in order of time, with gaps where one served nothing', () => {
  expect(hourlySeries(hours, ({ requests }) => requests, true)).toEqual({
    times: ['2026-01-01T10:00:00.000Z', '2026-01-01T11:00:00.000Z'],
    values: { production: [null, 40], candidate: [5, null] },
  });
});

test('two versions in one hour are averaged by their requests: (30·2 + 10·6) / 40 = 3', () => {
  expect(hourlySeries(hours, ({ p50_latency_ms: ms }) => ms, false).values.production).toEqual([null, 3]);
});
