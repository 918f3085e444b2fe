import { readRouting } from '../../adapters/postgres/routing-store.js';
import type { Endpoint } from '../http/endpoint.js';
import { fromDatabase } from '../http/from-database.js';
import { sendJson } from '../http/send.js';
import { healthOf } from './health.js';

/** `GET /health`: the short form of `/api/health`. */
export const shortHealth: Endpoint = {
  name: 'health_short',
  method: 'GET',
  path: '/health',
  handle({ service, response }) {
    const { status, ready, variant, model_version, timestamp } = healthOf(service);
    const working = status !== 'starting' && status !== 'draining';
    sendJson(response, { status, ready, variant, model_version, timestamp }, working ? 200 : 503);
  },
};

/** `GET /config`: how the users are split now, in percent; v1 is production, v2 the candidate. */
export const splitConfig: Endpoint = {
  name: 'config',
  method: 'GET',
  path: '/config',
  async handle({ service, response }) {
    const { candidateWeightPercent, experimentId } = await fromDatabase(() =>
      readRouting(service.pool, service.project.name),
    );
    sendJson(response, {
      model_v1_weight: 100 - candidateWeightPercent,
      model_v2_weight: candidateWeightPercent,
      experiment_id: experimentId,
      project: service.project.name,
    });
  },
};
