import { assignVariant } from '../../core/experiment/assign.js';
import { describeState, revisionOf } from '../describe-state.js';
import type { RequestKind } from '../prediction-path.js';
import type { RouterSettings } from '../router-settings.js';
import { effectiveShadowPercent, effectiveWeightPercent, type RoutingState } from '../routing-state.js';
import { createUpstreamPool, type UpstreamPool } from './upstream-pool.js';

export type Variant = 'production' | 'candidate';

/** One state made ready for requests. A request keeps the one it began with. */
export interface LiveRouting {
  readonly state: RoutingState;
  readonly description: ReturnType<typeof describeState>;
  readonly candidate: UpstreamPool;
  /** What this key is assigned: a user's, or a request's own. */
  assign(key: string): Variant;
  /** Whether a prediction that production answers is mirrored too. */
  isMirrored(requestId: string): boolean;
  /** Where a request may go, in this order. */
  route(kind: RequestKind, variant: Variant): readonly UpstreamPool[];
}

export function createLiveRouting(state: RoutingState, settings: RouterSettings): LiveRouting {
  const { maxFails, failTimeoutSeconds } = settings;
  const production = createUpstreamPool(state.production, { maxFails, failTimeoutSeconds, keepsOnly: true });
  const candidate = createUpstreamPool(state.candidate, { maxFails, failTimeoutSeconds, keepsOnly: false });
  const weight = effectiveWeightPercent(state);
  const shadow = effectiveShadowPercent(state);
  return {
    state,
    description: describeState('built-in', state, revisionOf(JSON.stringify([state, settings]))),
    candidate,
    assign: (key) => assignVariant(state.salt, key, weight),
    isMirrored: (requestId) => shadow > 0 && assignVariant(`shadow:${state.salt}`, requestId, shadow) === 'candidate',
    route: (kind, variant) => (kind !== 'other' && variant === 'candidate' ? [candidate, production] : [production]),
  };
}
