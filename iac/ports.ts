import type { ServiceName } from './settings.js';

/** The port each service listens on. */
export const ports: Readonly<Record<ServiceName, number>> = {
  'infer-prod': 6001,
  'infer-cand': 6002,
  router: 7000,
  control: 6600,
  web: 6500,
  worker: 6700,
};
