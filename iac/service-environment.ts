import type { Input, Output } from '@pulumi/pulumi';
import { ports } from './ports.js';
import type { ServiceName, Settings } from './settings.js';

export interface Addresses {
  readonly bucket: Output<string>;
  readonly databaseUrl: Output<string>;
  readonly cacheUrl: Output<string>;
}

/** The variables of one service; the product's configuration reference says what each means. Nothing secret is here. */
export function serviceVariables(
  service: ServiceName,
  settings: Settings,
  at: Addresses,
): Record<string, Input<string>> {
  const common = { HOST: '0.0.0.0', INCUMBENT_HOME: '/var/lib/incumbent', PROJECTS: settings.projects.join(',') };
  const stores = {
    ...common,
    DATABASE_URL: at.databaseUrl,
    REDIS_URL: at.cacheUrl,
    MLFLOW_S3_BUCKET: at.bucket,
    AWS_REGION: settings.region,
  };
  switch (service) {
    case 'infer-prod':
    case 'infer-cand':
      return {
        ...stores,
        SLOT: service === 'infer-prod' ? 'production' : 'candidate',
        PORT: String(ports[service]),
        DRAIN_SECONDS: '30',
      };
    case 'router':
      return {
        ...common,
        DATABASE_URL: at.databaseUrl,
        ROUTER_PORT: String(ports.router),
        ROUTER_TRUSTED_PROXIES: settings.cidr,
      };
    case 'control':
      return {
        ...stores,
        ...temporalVariables(settings),
        CONTROL_PORT: String(ports.control),
        AUTH: 'on',
        TRUSTED_PROXIES: '1',
        CORS_ORIGINS: `https://${settings.domain}`,
      };
    case 'worker':
      return { ...stores, ...temporalVariables(settings), WORKER_PORT: String(ports.worker) };
    case 'web':
      return { HOST: '0.0.0.0', WEB_PORT: String(ports.web) };
  }
}

/** Variables whose values are in Secrets Manager, by service: each gets only those it needs. */
export function secretVariables(service: ServiceName, settings: Settings): readonly string[] {
  const temporal = settings.temporal.kind === 'cloud' ? ['TEMPORAL_API_KEY'] : [];
  switch (service) {
    case 'infer-prod':
    case 'infer-cand':
    case 'router':
      return ['PGPASSWORD'];
    case 'control':
      return ['PGPASSWORD', 'AUTH_JWT_SECRET', ...temporal];
    case 'worker':
      return ['PGPASSWORD', ...temporal];
    case 'web':
      return [];
  }
}

/** Temporal's own variables: the API key of Temporal Cloud turns TLS on by itself. */
function temporalVariables({ temporal }: Settings): Record<string, string> {
  return {
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    ...(temporal.kind === 'own' ? { TEMPORAL_TLS: String(temporal.tls) } : {}),
  };
}
