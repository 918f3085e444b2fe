import { experimentExpired } from '../experiment-age.js';
import type { Stage } from './stage.js';

/** h. Time is up, or the next candidate waits: production stays. */
export const expiryStage: Stage = ({ context, rule }) => {
  const cause = experimentExpired(context, rule)
    ? `after ${rule.maxAgeDays} days the candidate is not better beyond doubt`
    : context.nextCandidateReady
      ? 'the next candidate is ready and this one is not better beyond doubt'
      : null;
  if (cause === null) return null;
  return { stage: 'expiry', verdict: 'inconclusive', reason: `Production stays: ${cause}.` };
};
