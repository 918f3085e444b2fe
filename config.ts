import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { loopEventKinds } from './core/notifications/loop-event.js';

const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback);
const percent = z.coerce.number().min(0).max(100);
const days = z.coerce.number().int().min(1).max(36_500).optional();
const optional = z.string().trim().min(1).optional();
const jsonObject = (example: string) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
      } catch {
        context.addIssue({ code: 'custom', message: `a JSON object, for example ${example}` });
        return z.NEVER;
      }
    })
    .optional();

/** Every variable the product reads, with what is allowed and what holds when it is not set. */
export const configSchema = z.object({
  INCUMBENT_HOME: z
    .string()
    .min(1)
    .default('.incumbent')
    .transform((path) => resolve(path)),
  PROJECTS: z
    .string()
    .default('home-prices')
    .transform((list) =>
      list
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    )
    .refine((names) => names.length > 0, 'name at least one model project, for example home-prices'),
  /** The one project that an inference service or router serves; default: the first of PROJECTS. */
  PROJECT: optional,
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  HOST: z.string().min(1).default('127.0.0.1'),

  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),

  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  MLFLOW_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'a bucket name: 3-63 of a-z 0-9 . -')
    .default('mlops-bucket'),
  AWS_REGION: z.string().min(1).default('us-east-1'),

  TEMPORAL_ADDRESS: optional,
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),

  SLOT: z.enum(['production', 'candidate']).default('production'),
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  INSTANCE_ID: optional,
  /** host:port under which the router reaches this instance; default: HOST and PORT. */
  INSTANCE_ADDRESS: z
    .string()
    .regex(/^[^\s:]+:\d{1,5}$/, 'host:port')
    .optional(),
  INFERENCE_WORKERS: z.coerce.number().int().min(1).max(64).default(1),
  /** Set by the first process of an instance for its workers. */
  INFERENCE_WORKER_INDEX: z.coerce.number().int().min(0).max(63).default(0),
  /** A cache of what every instance answers alike; never of predictions. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** Who may call the prediction endpoints: everybody, or holders of an API key of the control API. */
  PREDICTION_AUTH: z.enum(['open', 'keys']).default('open'),
  /** What the web server sends for its visitors, who have no key of their own. */
  PREDICTION_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'at least 16 visible ASCII characters')
    .optional(),
  SPOOL_MAX_MB: z.coerce.number().min(1).max(1_048_576).default(512),
  PREDICTION_RETENTION_DAYS: days,
  FEEDBACK_RETENTION_DAYS: days,
  NOTIFICATION_RETENTION_DAYS: days,
  BATCH_RETENTION_DAYS: days,
  /** Users are stored as keyed hashes where it is set; one that changes makes everybody a new user. */
  PII_KEY: z.string().min(32, 'at least 32 characters').optional(),
  DRAIN_SECONDS: z.coerce.number().min(0).max(600).default(10),
  ROUTER_PORT: port(7000),
  INFER_PROD_PORT: port(6001),
  INFER_CAND_PORT: port(6002),
  WEB_PORT: port(6500),
  /** Where the web server finds the prediction router and the control API; default: their ports on this machine. */
  ROUTER_URL: z.url({ protocol: /^https?$/ }).optional(),
  CONTROL_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Routers of further projects: name=url, by commas. */
  PROJECT_ROUTERS: z
    .string()
    .transform((list) =>
      list
        .split(',')
        .filter((entry) => entry.trim() !== '')
        .map((entry): [string, string] => {
          const [name = '', ...url] = entry.split('=');
          return [name.trim(), url.join('=').trim()];
        }),
    )
    .refine(
      (entries) =>
        entries.every(([name, url]) => /^[a-z0-9-]+$/.test(name) && URL.canParse(url) && /^https?:/.test(url)),
      'name=url by commas, for example iris=http://127.0.0.1:7001',
    )
    .transform((entries) => Object.fromEntries(entries))
    .optional(),
  /** Temporal's Web UI as people reach it; without it the pages do not link there. */
  TEMPORAL_UI_URL: z.url({ protocol: /^https?$/ }).optional(),
  CONTROL_PORT: port(6600),
  WORKER_PORT: port(6700),
  /** Where the Temporal SDK of a worker tells its own metrics. */
  WORKER_SDK_METRICS_PORT: port(6701),
  /** Where a router tells its metrics; default: 100 above its own port. */
  ROUTER_METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  /** Between two scrapes of the Prometheus that npm start runs. */
  SCRAPE_INTERVAL: z
    .string()
    .regex(/^[1-9]\d{0,5}(ms|s|m)$/, 'a duration such as 10s')
    .default('10s'),
  /** host:port lists; without them the instances register themselves and the router finds them in Postgres. */
  PRODUCTION_UPSTREAMS: optional,
  CANDIDATE_UPSTREAMS: optional,
  NGINX_PATH: optional,
  ROUTER: z.enum(['auto', 'nginx', 'built-in']).default('auto'),

  /** Access control of the control API. Unset: off on a loopback HOST, on everywhere else. Off is refused where HOST is not loopback. */
  AUTH: z.enum(['on', 'off']).optional(),
  /** Where the admin key of the first start is written; default: standard error, which in a container is a log. */
  FIRST_ADMIN_KEY_PATH: optional,
  /** Signed tokens: a shared secret for HS256 (several by commas while one replaces another), or the issuer's key set. */
  AUTH_JWT_SECRET: z
    .string()
    .transform((list) => list.split(',').map((secret) => secret.trim()))
    .refine((secrets) => secrets.every((secret) => secret.length >= 32), 'each secret needs at least 32 characters')
    .optional(),
  AUTH_JWKS_URL: z.url({ protocol: /^https?$/ }).optional(),
  AUTH_JWT_ISSUER: optional,
  AUTH_JWT_AUDIENCE: optional,
  AUTH_JWT_ROLE_CLAIM: z.string().min(1).default('role'),
  AUTH_CLOCK_SKEW_SECONDS: z.coerce.number().int().min(0).max(600).default(30),
  AUTH_SESSION_HOURS: z.coerce.number().int().min(1).max(720).default(12),
  /** Requests a minute of one caller of the control API that has no number of its own. */
  CONTROL_RATE_LIMIT: z.coerce.number().int().min(1).max(10_000_000).default(6000),
  /** Origins whose pages may call the control API, by commas. */
  CORS_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .refine(
      (origins) => origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
      'origins by commas, such as https://ops.example.com',
    )
    .optional(),
  /** Hosts that alerts may be posted to although their addresses are private, by commas. */
  WEBHOOK_HOSTS: z
    .string()
    .transform((list) => list.split(',').map((host) => host.trim()))
    .optional(),
  /** Proxies in front of the control API that add to X-Forwarded-For. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),

  /** OTLP over HTTP, such as http://localhost:4318: where traces go; default: nowhere. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** Share of the traces begun here that are kept. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),

  /** Receivers of what the loop does, besides the channels that the API keeps. */
  NOTIFY_SLACK_URL: z.url({ protocol: /^https?$/ }).optional(),
  NOTIFY_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Signs what NOTIFY_WEBHOOK_URL gets. */
  NOTIFY_WEBHOOK_SECRET: z.string().min(16, 'at least 16 characters').optional(),
  NOTIFY_EMAIL_TO: z
    .string()
    .transform((list) => list.split(',').map((address) => address.trim()))
    .pipe(z.array(z.email()))
    .optional(),
  NOTIFY_EMAIL_FROM: z.string().min(3).default('incumbent@localhost'),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Kinds of events for these receivers, by commas; default: all. */
  NOTIFY_EVENTS: z
    .string()
    .transform((list) => list.split(',').map((kind) => kind.trim()))
    .pipe(z.array(z.enum(loopEventKinds)))
    .optional(),
  /** Address of the operations page as people reach it: the link in a message. */
  NOTIFY_LINK_URL: z.url({ protocol: /^https?$/ }).optional(),

  /** Requests a second that one client may send to the router; default: no limit. */
  ROUTER_RATE_LIMIT: z.coerce.number().int().min(1).optional(),
  ROUTER_BODY_LIMIT_KB: z.coerce.number().int().min(1).max(1_048_576).default(1024),
  /** Addresses or CIDR ranges whose X-Forwarded-For is believed. */
  ROUTER_TRUSTED_PROXIES: optional,
  /** Addresses or CIDR ranges that may read /router/status besides loopback: an nginx exporter. */
  ROUTER_STATUS_ALLOW: optional,
  /** Both or none: certificate and key files in PEM. */
  ROUTER_TLS_CERTIFICATE: optional,
  ROUTER_TLS_KEY: optional,

  HOME_PRICES_CSV: optional,
  CANDIDATE_WEIGHT: percent.optional(),
  /** Numbers of the hourly decision that differ from the project's, as JSON: {"policy":"evidence","minRatings":30}. */
  DECISION_RULE: jsonObject('{"policy":"evidence"}'),
  /** Shadow, ramp and approval in the place of the project's, as JSON: {"approval":{"required":true}}. */
  EXPERIMENT: jsonObject('{"approval":{"required":true}}'),
  TRAINING_THREADS: z.coerce.number().int().min(1).max(256).optional(),
  CODE_REVISION: optional,
  /** Name of the Temporal worker deployment that a worker is a version of; default: workers are not versioned. */
  WORKER_DEPLOYMENT: optional,
  /** The version; default: CODE_REVISION. */
  WORKER_BUILD_ID: optional,

  /** An MLflow server that follows runs, models and slots. */
  MLFLOW_TRACKING_URI: z.url({ protocol: /^https?$/ }).optional(),
  MLFLOW_TRACKING_USERNAME: optional,
  MLFLOW_TRACKING_PASSWORD: optional,
  MLFLOW_TRACKING_TOKEN: optional,
});

export type Config = Readonly<z.infer<typeof configSchema>>;

/** Shows a variable's value in an error unless its name says that it is a secret. */
function shown(name: string, value: string | undefined): string {
  if (value === undefined) return 'not set';
  return /SECRET|PASSWORD|TOKEN|KEY|URL/.test(name) ? 'a value not shown here' : JSON.stringify(value);
}

/**
 * NAME_FILE names a file that holds the value of NAME, as secrets are handed to containers. The line's end is not part of it.
 * @throws {Error} if both are set, or the file cannot be read
 */
function withFiles(given: Record<string, string>): Record<string, string> {
  const values = { ...given };
  for (const [variable, path] of Object.entries(given)) {
    const name = variable.replace(/_FILE$/, '');
    if (name === variable || !(name in configSchema.shape) || variable in configSchema.shape) continue;
    if (name in given) throw new Error(`${name} and ${variable} are both set: set one of them`);
    try {
      values[name] = readFileSync(path, 'utf8').trimEnd();
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      throw new Error(`${variable} names ${path}, which cannot be read (${code})`, { cause });
    }
    delete values[variable];
  }
  return values;
}

/**
 * The one parse of the environment. An empty value counts as not set.
 * @throws {Error} naming each malformed variable, its value and what is allowed
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const set = Object.entries(environment).filter((entry): entry is [string, string] => !!entry[1]);
  const given = withFiles(Object.fromEntries(set));
  const result = configSchema.safeParse(given);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `  ${name} is ${shown(name, given[name])}: ${issue.message}`;
    });
    throw new Error(`invalid configuration\n${lines.join('\n')}\nSee .env.example for every variable and its default.`);
  }
  return Object.freeze(result.data);
}

/** The value of a variable that this process cannot do without. */
export function required<K extends keyof Config>(config: Config, name: K): NonNullable<Config[K]> {
  const value = config[name];
  if (value === undefined || value === null) {
    throw new Error(
      `${name} is not set: this process needs it (npm start sets it for the local stack; see .env.example)`,
    );
  }
  return value as NonNullable<Config[K]>;
}
