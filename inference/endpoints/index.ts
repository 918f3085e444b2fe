import type { ModelProject } from '../../core/project.js';
import { predictBatchEndpoint } from '../batch/endpoint.js';
import type { Endpoint, PredictionEndpoint } from '../http/endpoint.js';
import { documentationEndpoints } from '../openapi/endpoints.js';
import { protocolEndpoints } from '../protocol/endpoints.js';
import { driftReport } from './drift-report.js';
import { feedback } from './feedback.js';
import { health, predictHealth } from './health.js';
import { logs } from './logs.js';
import { metricsJson, metricsText } from './metrics.js';
import { predict, predictShort } from './predict.js';
import { projectEndpoints, projectPredictions } from './project-endpoints.js';
import { shortHealth, splitConfig } from './short-forms.js';
import { withdrawFeedback } from './withdraw-feedback.js';

/** What every project has. */
const common: readonly Endpoint[] = [
  health,
  metricsJson,
  metricsText,
  feedback,
  withdrawFeedback,
  logs,
  driftReport,
  predictHealth,
  predictBatchEndpoint,
  shortHealth,
  splitConfig,
  ...protocolEndpoints,
];

/** The paths that answer one prediction. */
export function predictionEndpointsOf(project: ModelProject): readonly PredictionEndpoint[] {
  return [...projectPredictions(project), predict, predictShort];
}

/** Every path of the prediction service of a project. */
export function endpointsOf(project: ModelProject): readonly Endpoint[] {
  const serving = [...predictionEndpointsOf(project), ...projectEndpoints(project), ...common];
  return [...serving, ...documentationEndpoints(serving)];
}
