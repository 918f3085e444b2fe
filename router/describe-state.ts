import { createHash } from 'node:crypto';
import type { RoutingState } from './routing-state.js';

/**
 * What /router/state shows: neither the salt, with which a visitor could pick a variant, nor addresses. `revision` tells
 * two configurations of one generation apart.
 */
export function describeState(kind: 'nginx' | 'built-in', state: RoutingState, revision: string) {
  const { salt: _, production, candidate, ...shown } = state;
  return {
    kind,
    revision,
    ...shown,
    productionInstances: production.length,
    candidateInstances: candidate.length,
  };
}

/** Short digest of whatever makes two configurations different. */
export function revisionOf(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
