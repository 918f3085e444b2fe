import { readLatestDriftReport } from '../../adapters/postgres/drift-report-reader.js';
import type { Endpoint } from '../http/endpoint.js';
import { fromDatabase } from '../http/from-database.js';
import { sendJson } from '../http/send.js';

/** `GET /api/drift_report`: the latest report of the daily drift check. */
export const driftReport: Endpoint = {
  name: 'drift_report',
  method: 'GET',
  path: '/api/drift_report',
  async handle({ service, response }) {
    const { name } = service.project;
    const latest = await fromDatabase(() => readLatestDriftReport(service.pool, name));
    if (!latest) {
      return sendJson(response, {
        overall_drift_detected: false,
        drift_indicators: {},
        message: `no drift report of ${name} yet: the first one is made by the daily drift check`,
      });
    }
    const { report, drifted, score, modelVersion, windowStart, windowEnd, rows, createdAt } = latest;
    sendJson(response, {
      overall_drift_detected: drifted,
      drift_indicators: {},
      model_drift_score: score,
      ...report,
      model_version: modelVersion,
      window_start: windowStart,
      window_end: windowEnd,
      rows,
      created_at: createdAt,
    });
  },
};
