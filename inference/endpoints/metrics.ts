import type { Endpoint } from '../http/endpoint.js';
import { sendJson, sendText } from '../http/send.js';
import { summarizeMetrics } from '../metrics/summarize-metrics.js';

/** `GET /api/metrics`: the figures of this service since its start, as JSON. */
export const metricsJson: Endpoint = {
  name: 'metrics_json',
  method: 'GET',
  path: '/api/metrics',
  async handle({ service, response }) {
    const { project, slot, model, startedAt, instanceId } = service;
    sendJson(response, {
      project: project.name,
      variant: slot,
      model_version: model.current?.version ?? null,
      instance: instanceId,
      uptime_seconds: Math.round((Date.now() - startedAt.getTime()) / 1000),
      ...summarizeMetrics(await service.collectMetrics()),
      timestamp: new Date(),
    });
  },
};

/** `GET /metrics`: the same for Prometheus. */
export const metricsText: Endpoint = {
  name: 'metrics',
  method: 'GET',
  path: '/metrics',
  async handle({ service, response }) {
    const { text, contentType } = await service.collectMetrics();
    sendText(response, text, contentType);
  },
};
