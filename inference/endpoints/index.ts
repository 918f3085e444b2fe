import { predictBatchEndpoint } from '../batch/endpoint.js';
import type { Endpoint } from '../http/endpoint.js';
import { documentationEndpoints } from '../openapi/endpoints.js';
import { protocolEndpoints } from '../protocol/endpoints.js';
import { driftReport } from './drift-report.js';
import { feedback } from './feedback.js';
import { health, predictHealth } from './health.js';
import { locationNames } from './location-names.js';
import { logs } from './logs.js';
import { metricsJson, metricsText } from './metrics.js';
import { predict, predictShort } from './predict.js';
import { predictHomePrice } from './predict-home-price.js';
import { shortHealth, splitConfig } from './short-forms.js';
import { similarHomes } from './similar-homes.js';

const serving: readonly Endpoint[] = [
  predictHomePrice,
  locationNames,
  similarHomes,
  health,
  metricsJson,
  metricsText,
  feedback,
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

/** Every path of the prediction service. */
export const endpoints: readonly Endpoint[] = [...serving, ...documentationEndpoints(serving)];
