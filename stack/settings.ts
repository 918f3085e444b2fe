import { z } from 'zod';
import { type Config, loadConfig } from '../config.js';
import { InvalidInputError } from '../core/errors.js';

/** Every port of the stack, by the variable that sets it. */
const stackPorts = {
  ROUTER_PORT: 7000,
  INFER_PROD_PORT: 6001,
  INFER_CAND_PORT: 6002,
  WEB_PORT: 6500,
  CONTROL_PORT: 6600,
  WORKER_PORT: 6700,
  WORKER_SDK_METRICS_PORT: 6701,
  TEMPORAL_PORT: 7233,
  TEMPORAL_UI_PORT: 8080,
  POSTGRES_PORT: 5432,
  S3_PORT: 9000,
  PROMETHEUS_PORT: 9090,
  ALERTMANAGER_PORT: 9093,
} as const;

export type PortVariable = keyof typeof stackPorts;
export type StackPorts = Readonly<Record<PortVariable, number>>;

export interface StackFlags {
  /** Added to every port, for a second stack beside the first. */
  readonly portOffset: number;
  readonly home?: string;
  /** Restart the services when their code changes. */
  readonly watch: boolean;
  /** Train the first models when nothing is deployed. */
  readonly bootstrap: boolean;
  /** Prometheus and Alertmanager, too. */
  readonly withMonitoring?: boolean;
}

export interface StackSettings {
  readonly config: Config;
  readonly home: string;
  readonly ports: StackPorts;
  readonly watch: boolean;
  readonly bootstrap: boolean;
  readonly monitoring: boolean;
  /** AWS itself, or a server of the user's; otherwise the local S3 server. */
  readonly externalS3: boolean;
  /** The environment the stack was started with. */
  readonly env: NodeJS.ProcessEnv;
}

/** How AWS credentials are given without a file: any of these with a bucket means S3 is AWS. */
const awsCredentialVariables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/**
 * Everything the stack needs to know, from the environment and the command line.
 *
 * @throws {Error} naming each malformed variable, its value and what is allowed
 */
export function readSettings(env: NodeJS.ProcessEnv, flags: StackFlags): StackSettings {
  const given = { ...env, ...(flags.home !== undefined && { INCUMBENT_HOME: flags.home }) };
  const config = loadConfig(given);
  const isSet = (name: string) => (env[name] ?? '') !== '';
  return {
    config,
    home: config.INCUMBENT_HOME,
    ports: readPorts(env, flags.portOffset),
    watch: flags.watch,
    bootstrap: flags.bootstrap,
    monitoring: flags.withMonitoring ?? false,
    externalS3: isSet('S3_ENDPOINT') || (isSet('MLFLOW_S3_BUCKET') && awsCredentialVariables.some(isSet)),
    env,
  };
}

/**
 * One port from its variable.
 *
 * @throws {InvalidInputError} naming the variable, its value and what is allowed
 */
export function readPort(env: NodeJS.ProcessEnv, name: string, fallback: number, offset: number): number {
  const value = env[name] || String(fallback);
  const parsed = z.coerce.number().int().min(1).max(65_535).safeParse(value);
  if (!parsed.success) {
    throw new InvalidInputError(`${name} is ${JSON.stringify(value)}: a port is a whole number from 1 to 65535`);
  }
  const shifted = parsed.data + offset;
  if (shifted > 65_535) {
    throw new InvalidInputError(
      `${name} ${parsed.data} shifted by ${offset} is ${shifted}: beyond the last port, 65535`,
    );
  }
  return shifted;
}

function readPorts(env: NodeJS.ProcessEnv, offset: number): StackPorts {
  const ports = Object.entries(stackPorts).map(([name, usual]) => [name, readPort(env, name, usual, offset)] as const);
  const taken = new Map<number, string>();
  for (const [name, value] of ports) {
    const other = taken.get(value);
    if (other) throw new InvalidInputError(`${other} and ${name} are both ${value}: each part needs a port of its own`);
    taken.set(value, name);
  }
  return Object.fromEntries(ports) as StackPorts;
}
