import type { DecisionRule } from './decision-rule.js';

/** Scores nearer than this to a line are on it: 0.64 against 0.8 · 0.8 must not be a rollback by the sixteenth digit. */
const ROUNDING = 1e-12;

/** Strictly above the promote line, promoteRatio × production. */
export const abovePromoteLine = (candidate: number, production: number, rule: Pick<DecisionRule, 'promoteRatio'>) =>
  candidate - rule.promoteRatio * production > ROUNDING;

/** Strictly below the rollback line, rollbackRatio × production. */
export const belowRollbackLine = (candidate: number, production: number, rule: Pick<DecisionRule, 'rollbackRatio'>) =>
  rule.rollbackRatio * production - candidate > ROUNDING;
