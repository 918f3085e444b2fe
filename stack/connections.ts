import { join } from 'node:path';
import { localDatabaseUrl } from './parts/postgres.js';
import type { StackSecrets } from './secrets.js';
import type { StackSettings } from './settings.js';

/** Variables of a cluster of the user's that would misdirect a connection to the local dev server. */
const temporalVariables = /^TEMPORAL_(API_KEY|PROFILE|TLS.*)$/;
/** The same for the local S3 server. */
const awsVariables = ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3'];

/**
 * The variables by which a process finds the parts that run here. For a part that runs elsewhere the user's own
 * variables hold, so its address is not among them.
 */
export function localConnections(settings: StackSettings, secrets: StackSecrets): Record<string, string> {
  const { config, ports } = settings;
  return {
    INCUMBENT_HOME: settings.home,
    PROJECTS: config.PROJECTS.join(','),
    MLFLOW_S3_BUCKET: config.MLFLOW_S3_BUCKET,
    AWS_REGION: config.AWS_REGION,
    TEMPORAL_NAMESPACE: config.TEMPORAL_NAMESPACE,
    ...(!config.DATABASE_URL && {
      DATABASE_URL: localDatabaseUrl({ port: ports.POSTGRES_PORT, password: secrets.postgresPassword }),
    }),
    ...(!config.TEMPORAL_ADDRESS && { TEMPORAL_ADDRESS: `127.0.0.1:${ports.TEMPORAL_PORT}` }),
    ...(!settings.externalS3 && {
      S3_ENDPOINT: `http://127.0.0.1:${ports.S3_PORT}`,
      AWS_ACCESS_KEY_ID: secrets.s3AccessKeyId,
      AWS_SECRET_ACCESS_KEY: secrets.s3SecretAccessKey,
    }),
  };
}

/** The environment of every process of the product that the stack starts. */
export function processEnvironment(settings: StackSettings, secrets: StackSecrets): NodeJS.ProcessEnv {
  const { config, ports } = settings;
  const env: NodeJS.ProcessEnv = {
    ...settings.env,
    ...localConnections(settings, secrets),
    ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  if (!config.TEMPORAL_ADDRESS) {
    for (const name of Object.keys(env)) if (temporalVariables.test(name)) delete env[name];
    // a file that is not there means no profile; the user's own one may describe another cluster
    env.TEMPORAL_UI_URL = `http://localhost:${ports.TEMPORAL_UI_PORT}`;
    env.TEMPORAL_CONFIG_FILE = join(settings.home, 'temporal', 'no-profile.toml');
  }
  if (!settings.externalS3) for (const name of awsVariables) delete env[name];
  return env;
}
