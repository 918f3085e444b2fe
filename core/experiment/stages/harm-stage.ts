import { formatScore } from '../wording.js';
import type { Stage } from './stage.js';

/** e. Worse beyond doubt, by however little. */
export const harmStage: Stage = ({ effect, floorMet }) => {
  if (effect === null || !floorMet || !(effect.upper < 0)) return null;
  return {
    stage: 'harm',
    verdict: 'harm',
    reason:
      `The candidate is worse than production beyond doubt: its score differs by ${formatScore(effect.effect)}, ` +
      `at best by ${formatScore(effect.upper)}.`,
  };
};
