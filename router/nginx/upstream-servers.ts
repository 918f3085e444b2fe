import type { RouterSettings } from '../router-settings.js';
import type { RoutingState } from '../routing-state.js';
import { directives } from './directives.js';

type Health = Pick<RouterSettings, 'maxFails' | 'failTimeoutSeconds'>;

function servers(addresses: readonly string[], { maxFails, failTimeoutSeconds }: Health): string[] {
  // an upstream needs a line; one that is down makes nginx answer 502 at once
  if (addresses.length === 0) return ['server 127.0.0.1:1 down;'];
  return [
    ...(addresses.length > 1 ? ['least_conn;'] : []),
    ...directives(
      'server',
      addresses.map((address) => `${address} max_fails=${maxFails} fail_timeout=${failTimeoutSeconds}s`),
    ),
  ];
}

/** Lines of `upstream production`. */
export function productionServers(state: RoutingState, health: Health): string[] {
  return servers(state.production, health);
}

/**
 * Lines of `upstream candidate`: production is its backup. A backup is never taken out (`max_fails=0`): an error of the
 * candidate that production repeats must not cost the next user the answer.
 */
export function candidateServers(state: RoutingState, health: Health): string[] {
  if (state.candidate.length === 0) return productionServers(state, health);
  return [
    ...servers(state.candidate, health),
    ...directives(
      'server',
      state.production.map((address) => `${address} max_fails=0 backup`),
    ),
  ];
}

/** Lines of `upstream shadow`: the candidate alone. */
export function shadowServers(state: RoutingState, health: Health): string[] {
  return servers(state.candidate, health);
}
