import type { Endpoint } from '../http/endpoint.js';
import { sendJson } from '../http/send.js';
import type { InferenceService } from '../service.js';

export type HealthStatus = 'ok' | 'degraded' | 'no_model' | 'starting' | 'draining';

/**
 * ok: all is well · degraded: predictions are answered, but something needs a look (Postgres away, a version refused) ·
 * no_model: the slot is empty · starting: it is not known yet what to serve · draining: being stopped.
 */
function statusOf({ draining, model, log, spool }: InferenceService): HealthStatus {
  if (draining) return 'draining';
  if (!model.current) return model.known && !model.failure ? 'no_model' : 'starting';
  return log.away || spool.rows > 0 || model.failure ? 'degraded' : 'ok';
}

/** Whether a prediction would be answered now. */
export function isReady({ draining, model, log, ids }: InferenceService): boolean {
  return !draining && model.current !== null && ids.left > 0 && !log.overloaded;
}

export function healthOf(service: InferenceService) {
  const { project, slot, instanceId, startedAt, model, log, spool, ids } = service;
  return {
    status: statusOf(service),
    ready: isReady(service),
    project: project.name,
    variant: slot,
    model_version: model.current?.version ?? null,
    generation: model.generation,
    model_loaded_at: model.loadedAt,
    model_metrics: model.current?.document.metrics ?? null,
    model_error: model.failure?.message ?? null,
    instance: instanceId,
    started_at: startedAt,
    uptime_seconds: Math.round((Date.now() - startedAt.getTime()) / 1000),
    database: log.away ? 'away' : 'up',
    pending_predictions: log.pending,
    spool: { predictions: spool.rows, bytes: spool.bytes },
    prediction_ids_left: ids.left,
    timestamp: new Date(),
  };
}

/** `GET /api/health`: 200 while the process does its work (also with an empty slot), 503 while it starts or stops. */
export const health: Endpoint = {
  name: 'health',
  method: 'GET',
  path: '/api/health',
  handle({ service, response }) {
    const report = healthOf(service);
    sendJson(response, report, report.status === 'starting' || report.status === 'draining' ? 503 : 200);
  },
};

/** `GET /api/predict/health`: 200 when a prediction would be answered now, else 503. */
export const predictHealth: Endpoint = {
  name: 'predict_health',
  method: 'GET',
  path: '/api/predict/health',
  handle({ service, response }) {
    const { status, ready, project, variant, model_version } = healthOf(service);
    sendJson(response, { status, ready, project, variant, model_version }, ready ? 200 : 503);
  },
};
