import { timeIsUp } from '../experiment-age.js';
import type { Stage } from './stage.js';

/** h. Time is up, or the next candidate waits: production stays. */
export const expiryStage: Stage = ({ context, rule }) => {
  const cause = timeIsUp(context, rule);
  if (cause === null) return null;
  return { stage: 'expiry', verdict: 'inconclusive', reason: `Production stays: ${cause}.` };
};
