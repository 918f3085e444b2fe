import type { Answers } from '../stand-in.js';
import { hour, page } from './times.js';

/** Traffic of a day, drift of the last hours, an alert that fires. */
export const monitoringAnswers: Answers = {
  'GET /api/monitoring/metrics': {
    body: {
      from: hour(24),
      to: hour(48),
      unit: 'lakh INR',
      hours: Array.from({ length: 48 }, (_, i) => ({
        hour: hour(24 + Math.floor(i / 2)),
        variant: i % 2 === 0 ? 'production' : 'candidate',
        model_version: i % 2 === 0 ? 'BO2' : 'CO3',
        requests: 300 + 10 * (i % 7),
        users: 90,
        mean_latency_ms: 2.1,
        p50_latency_ms: 1.4,
        p95_latency_ms: 5.2,
        p99_latency_ms: 9.9,
        mean_prediction: 92 - (i % 2),
      })),
      feedback: [
        {
          variant: 'production',
          model_version: 'BO2',
          ratings: 1152,
          mean_rating: 3.61,
          actual_prices: 14,
          mean_absolute_error: 12.4,
          comments: 3,
        },
      ],
    },
  },
  'GET /api/monitoring/drift': page(
    Array.from({ length: 12 }, (_, i) => ({
      id: 12 - i,
      model_version: 'BO2',
      window_start: hour(24 * (11 - i)),
      window_end: hour(24 * (12 - i)),
      rows: 4210 + i,
      drifted: i === 0,
      score: 0.34 / (i + 1),
      report: {
        drift_indicators: {
          total_sqft: { drift_percentage: 4.2, significant_drift: false },
          prediction: { drift_percentage: 42.6, significant_drift: true },
        },
      },
      created_at: hour(24 * (12 - i)),
    })),
  ),
  'GET /api/monitoring/alerts': page([
    {
      id: 1,
      name: 'drift',
      metric: 'drift_score',
      comparison: 'above',
      threshold: 0.3,
      window_minutes: 60,
      webhook_url: 'https://hooks.example.com',
      enabled: true,
      state: 'firing',
      value: 0.34,
      last_error: null,
      changed_at: hour(40),
    },
  ]),
  'GET /api/monitoring/channels': page([
    { id: 1, name: 'team', kind: 'email', target: 'team@example.com', events: ['drift'], enabled: true },
  ]),
  'GET /api/monitoring/alerts/deliveries': page([
    {
      id: 9,
      kind: 'promoted',
      channel: 'team',
      title: 'BO2 is in production',
      text: 'CO2 became BO2.',
      state: 'sent',
      attempts: 1,
      last_error: null,
      created_at: hour(0),
    },
  ]),
};
