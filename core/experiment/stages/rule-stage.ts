import { belowRollbackLine } from '../score-lines.js';
import { formatPercent, formatScore } from '../wording.js';
import type { Stage } from './stage.js';

/** b. Far below production: rolled back without waiting for proof, which costs little when it is a mistake. */
export const ruleStage: Stage = ({ effect, rule }) => {
  if (effect === null || !belowRollbackLine(effect.candidateScore, effect.productionScore, rule)) return null;
  return {
    stage: 'rule',
    verdict: 'rollback',
    reason:
      `The candidate scores more than ${formatPercent(1 - rule.rollbackRatio)} below production: ` +
      `${formatScore(effect.candidateScore)} against ${formatScore(effect.productionScore)}.`,
  };
};
