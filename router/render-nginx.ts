import { readFileSync } from 'node:fs';
import { describeState, revisionOf } from './describe-state.js';
import { accessLog, logFormat } from './nginx/access-log.js';
import { directives, fillTemplate, mapLines, quoted, splitLines } from './nginx/directives.js';
import { requestIdOf, traceHeader, traceMaps } from './nginx/trace-lines.js';
import { candidateServers, productionServers, shadowServers } from './nginx/upstream-servers.js';
import { BATCH_PATH, PREDICTION_PATTERN } from './prediction-path.js';
import { PROBLEM_TYPE, problemBody, problems } from './problem.js';
import { COMPRESSED_FROM_BYTES, COMPRESSED_TYPES, securityHeaders } from './response-headers.js';
import type { RouterSettings } from './router-settings.js';
import { effectiveShadowPercent, effectiveWeightPercent, type RoutingState } from './routing-state.js';
import { USER_COOKIE, USER_COOKIE_PATTERN, USER_HEADER_PATTERN, userCookie } from './user-key.js';

/** Where this nginx lives; in a container for example /etc/nginx/incumbent and /dev/stderr. */
export interface NginxPlace {
  /** Holds the pid and temporary files. */
  readonly directory: string;
  readonly errorLogPath: string;
  /** Of the worker processes when the master is root; absent = the one nginx was built with. */
  readonly user?: string;
}

export interface RenderedNginx {
  readonly text: string;
  /** Digest of the text, shown by /router/state once this configuration is live. */
  readonly revision: string;
}

const template = readFileSync(new URL('nginx.conf.template', import.meta.url), 'utf8');

function tlsLines({ tls }: RouterSettings): string[] {
  if (!tls) return [];
  return [
    `ssl_certificate "${tls.certificatePath}";`,
    `ssl_certificate_key "${tls.keyPath}";`,
    'ssl_protocols TLSv1.2 TLSv1.3;',
    'ssl_session_cache shared:tls:4m;',
    'ssl_session_timeout 1h;',
  ];
}

function realIpLines({ trustedProxies }: RouterSettings): string[] {
  if (trustedProxies.length === 0) return [];
  return [
    ...directives('set_real_ip_from', trustedProxies),
    'real_ip_header X-Forwarded-For;',
    'real_ip_recursive on;',
  ];
}

/** The nginx configuration of a state. Pure: the same arguments give the same text. */
export function renderNginx(settings: RouterSettings, place: NginxPlace, state: RoutingState): RenderedNginx {
  const { rateLimit, host, port, tls } = settings;
  const shadowPercent = effectiveShadowPercent(state);
  const answers = problems(settings);
  const headers = securityHeaders(tls !== undefined);
  const render = (revision: string): string =>
    fillTemplate(template, {
      user_directive: place.user === undefined ? [] : [`user ${place.user};`],
      directory: place.directory,
      error_log: place.errorLogPath,
      workers: settings.workers,
      grace_ms: settings.graceMs,
      log_format: logFormat(settings),
      access_log: accessLog(settings),
      gzip_min_length: COMPRESSED_FROM_BYTES,
      gzip_types: [...COMPRESSED_TYPES],
      user_header_pattern: USER_HEADER_PATTERN.replaceAll('\\', '\\\\'),
      user_cookie: USER_COOKIE,
      user_cookie_pattern: USER_COOKIE_PATTERN.replaceAll('\\', '\\\\'),
      set_cookie: userCookie('$request_id', tls !== undefined),
      request_id: requestIdOf(settings),
      trace_maps: traceMaps(settings),
      trace_header: traceHeader(settings),
      salt: state.salt,
      split_key: settings.assignment === 'user' ? '$user_key' : '$request_id',
      split_parts: splitLines(effectiveWeightPercent(state), 'candidate', 'production'),
      shadow_parts: splitLines(shadowPercent, 'yes', 'no'),
      problem_bodies: mapLines(
        '{}',
        answers.map((problem) => [problem.status, problemBody(problem, requestIdOf(settings))]),
      ),
      retry_after: mapLines(
        '',
        answers.flatMap(({ status, retryAfterSeconds }) =>
          retryAfterSeconds === undefined ? [] : [[status, String(retryAfterSeconds)] as const],
        ),
      ),
      problem_statuses: answers.map(({ status }) => String(status)),
      problem_type: PROBLEM_TYPE,
      production_servers: productionServers(state, settings),
      candidate_servers: candidateServers(state, settings),
      shadow_servers: shadowServers(state, settings),
      upstream_keepalive: ['keepalive 64;', `keepalive_timeout ${settings.upstreamKeepAliveMs}ms;`],
      rate_limit_zone: rateLimit
        ? [`limit_req_zone $binary_remote_addr zone=clients:10m rate=${rateLimit.requestsPerSecond}r/s;`]
        : [],
      rate_limit: rateLimit
        ? [`limit_req zone=clients burst=${rateLimit.burst} nodelay;`, 'limit_req_status 429;']
        : [],
      real_ip: realIpLines(settings),
      listen: `${host.includes(':') ? `[${host}]` : host}:${port}${tls ? ' ssl' : ''}`,
      tls: tlsLines(settings),
      body_limit: settings.bodyLimitBytes,
      batch_body_limit: settings.batchBodyLimitBytes,
      experiment_id: state.experimentId === null ? '' : String(state.experimentId),
      security_headers: headers.map(([name, value]) => `add_header ${name} ${quoted(value)} always;`),
      hide_security_headers: headers.map(([name]) => `proxy_hide_header ${name};`),
      body_timeout_ms: settings.bodyTimeoutMs,
      connect_timeout_ms: settings.connectTimeoutMs,
      prediction_pattern: PREDICTION_PATTERN,
      batch_path: BATCH_PATH,
      mirror: shadowPercent > 0 ? ['mirror /router/shadow;'] : [],
      prediction_timeout_ms: settings.predictionTimeoutMs,
      batch_timeout_ms: settings.batchTimeoutMs,
      other_timeout_ms: settings.otherTimeoutMs,
      shadow_timeout_ms: settings.shadowTimeoutMs,
      health_body: JSON.stringify({ status: 'ok', kind: 'nginx', generation: state.generation }),
      state_body: JSON.stringify(describeState('nginx', state, revision)),
      status_allow: directives('allow', settings.statusAllow),
    });
  const revision = revisionOf(render(''));
  return { text: render(revision), revision };
}
