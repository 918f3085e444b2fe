import type { ModelProject } from '../../core/project.js';
import { predictBatchEndpoint } from '../batch/endpoint.js';
import type { Endpoint } from '../http/endpoint.js';
import { documentationEndpoints } from '../openapi/endpoints.js';
import { protocolEndpoints } from '../protocol/endpoints.js';
import { driftReport } from './drift-report.js';
import { feedback } from './feedback.js';
import { health, predictHealth } from './health.js';
import { logs } from './logs.js';
import { metricsJson, metricsText } from './metrics.js';
import { predict, predictShort } from './predict.js';
import { projectEndpoints } from './project-endpoints.js';
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
  predict,
  predictShort,
  predictBatchEndpoint,
  shortHealth,
  splitConfig,
  ...protocolEndpoints,
];

/** Every path of the prediction service of a project. */
export function endpointsOf(project: ModelProject): readonly Endpoint[] {
  const serving = [...projectEndpoints(project), ...common];
  return [...serving, ...documentationEndpoints(serving)];
}
