/**
 * Fields of a line of the access log, in this order, the same from nginx and the built-in router. `variant` is what the
 * user was assigned, `served` who answered; `upstream*` list every instance that was tried, separated by ", ".
 */
export const ACCESS_LOG_FIELDS = [
  'time',
  'request_id',
  'client',
  'user',
  'method',
  'uri',
  'status',
  'bytes',
  'duration_s',
  'variant',
  'served',
  'model_version',
  'upstream',
  'upstream_status',
  'upstream_s',
] as const;

export type AccessLogField = (typeof ACCESS_LOG_FIELDS)[number];
