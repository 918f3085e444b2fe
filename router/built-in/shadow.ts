import type { Agent } from 'node:http';
import type { RouterSettings } from '../router-settings.js';
import { type ForwardRequest, forward } from './forward.js';
import type { UpstreamPool } from './upstream-pool.js';

/** Sends a copy of a prediction to the candidate. Resolves when that is over; its answer goes nowhere. */
export async function sendShadow(
  pool: UpstreamPool,
  request: Pick<ForwardRequest, 'method' | 'target' | 'headers' | 'body'>,
  agent: Agent,
  { shadowTimeoutMs }: RouterSettings,
): Promise<void> {
  const peer = pool.pick(new Set());
  if (peer === null) return;
  pool.begin(peer);
  const outcome = await forward(peer, {
    ...request,
    headers: { ...request.headers, 'x-shadow': 'true' },
    agent,
    connectTimeoutMs: shadowTimeoutMs,
    timeoutMs: shadowTimeoutMs,
    signal: AbortSignal.timeout(2 * shadowTimeoutMs),
  });
  if (outcome.kind === 'answer') outcome.response.resume();
  // only what users meet decides whether the candidate is taken out
  pool.end(peer, 'neutral');
}
