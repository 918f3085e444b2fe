import { ACCESS_LOG_FIELDS } from '../access-log-fields.js';
import type { RouterSettings } from '../router-settings.js';
import { TRACE_LOG_FIELDS } from '../trace-context.js';
import { requestIdOf } from './trace-lines.js';

/** nginx's variable for each field. Numbers are written bare: nginx always has a value for them. */
const VARIABLE: Record<(typeof ACCESS_LOG_FIELDS)[number], string> = {
  time: '"$time_iso8601"',
  request_id: '"$request_id"',
  client: '"$remote_addr"',
  user: '"$user_key"',
  method: '"$request_method"',
  uri: '"$request_uri"',
  status: '$status',
  bytes: '$bytes_sent',
  duration_s: '$request_time',
  variant: '"$variant"',
  served: '"$upstream_http_x_variant"',
  model_version: '"$upstream_http_x_model_version"',
  upstream: '"$upstream_addr"',
  upstream_status: '"$upstream_status"',
  upstream_s: '"$upstream_response_time"',
};

const TRACE_VARIABLE: Record<(typeof TRACE_LOG_FIELDS)[number], string> = {
  span: '"$trace_span"',
  parent: '"$trace_parent"',
  flags: '"$trace_flags"',
  ended_s: '$msec',
};

/** The value of `log_format`, after its name. */
export function logFormat(settings: RouterSettings): string {
  const variable = {
    ...VARIABLE,
    request_id: `"${requestIdOf(settings)}"`,
    ...(settings.accessLogUsers ? {} : { user: '""' }),
  };
  const traced = settings.traceRatio === undefined ? [] : TRACE_LOG_FIELDS;
  const fields = [
    ...ACCESS_LOG_FIELDS.map((field) => `"${field}":${variable[field]}`),
    ...traced.map((field) => `"${field}":${TRACE_VARIABLE[field]}`),
  ];
  return `'{${fields.join(',')}}'`;
}

/** The value of `access_log`. Buffered, because a write per request costs a tenth of the throughput. */
export function accessLog({ accessLogPath }: RouterSettings): string {
  return accessLogPath === undefined ? 'off' : `"${accessLogPath}" json buffer=64k flush=1s`;
}
