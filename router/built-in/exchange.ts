import type { Agent, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { RequestKind } from '../prediction-path.js';
import type { RouterSettings } from '../router-settings.js';
import { forward, type Outcome } from './forward.js';
import type { RepeatableBody } from './repeatable-body.js';
import { isFailure, MOST_TRIES, mayRepeat } from './retry-rule.js';
import type { Peer, UpstreamPool } from './upstream-pool.js';

/** One instance that was asked; without a status as long as it has not answered. */
export interface Try {
  readonly address: string;
  readonly answered?: { readonly status: number; readonly seconds: number };
}

export interface ExchangeRequest {
  readonly kind: RequestKind;
  readonly method: string;
  readonly target: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: RepeatableBody;
  /** Where it may go, in this order; the last one is production. */
  readonly pools: readonly UpstreamPool[];
  readonly agent: Agent;
  readonly signal: AbortSignal;
  /** Takes each try as it begins and again as it ends, so that a request that is cut off can still tell. */
  readonly tries: Try[];
}

export interface ExchangeResult {
  /** The answer to pass on; absent = every try failed and the router answers `status` itself. */
  readonly response: IncomingMessage | undefined;
  readonly status: number;
}

const timeoutOf = (kind: RequestKind, settings: RouterSettings): number =>
  kind === 'prediction'
    ? settings.predictionTimeoutMs
    : kind === 'batch'
      ? settings.batchTimeoutMs
      : settings.otherTimeoutMs;

function statusOf(outcome: Outcome): number {
  return outcome.kind === 'answer' ? outcome.response.statusCode! : outcome.timedOut ? 504 : 502;
}

/** The pool and instance to try next, or null. */
function next(pools: readonly UpstreamPool[], tried: ReadonlySet<string>): { pool: UpstreamPool; peer: Peer } | null {
  for (const pool of pools) {
    const peer = pool.pick(tried);
    if (peer) return { pool, peer };
  }
  return null;
}

/** Sends a request to one instance after another until one answers, as far as the request may be repeated. */
export async function exchange(request: ExchangeRequest, settings: RouterSettings): Promise<ExchangeResult> {
  const { kind, method, target, headers, body, pools, agent, signal, tries } = request;
  const tried = new Set<string>();
  let retriedStale = false;
  let chosen = next(pools, tried);
  while (chosen) {
    const { pool, peer } = chosen;
    const started = performance.now();
    pool.begin(peer);
    tries.push({ address: peer.address });
    const outcome = await forward(peer, {
      method,
      target,
      headers,
      body: body.open(),
      agent,
      connectTimeoutMs: settings.connectTimeoutMs,
      timeoutMs: timeoutOf(kind, settings),
      signal,
    });
    const status = statusOf(outcome);
    const answered = { status, seconds: (performance.now() - started) / 1_000 };
    tries[tries.length - 1] = { address: peer.address, answered };
    const repeatable = mayRepeat(kind, method, outcome) && !signal.aborted;
    // a kept connection that was closed meanwhile says nothing about the instance: it is asked once more
    const stale = outcome.kind === 'failure' && outcome.reused && !outcome.timedOut && !retriedStale;
    const failed = isFailure(kind, pools.length > 1 && pool === pools[0], outcome);
    if (!(stale && repeatable)) tried.add(peer.address);
    else retriedStale = true;
    chosen = failed && repeatable && tries.length < MOST_TRIES ? next(pools, tried) : null;
    pool.end(peer, signal.aborted || stale ? 'neutral' : failed ? 'failed' : 'ok');
    const response = outcome.kind === 'answer' ? outcome.response : undefined;
    if (chosen === null) return { response, status };
    response?.resume();
  }
  return { response: undefined, status: 502 };
}
