import type { EvidenceReading } from '../evidence-reading.js';
import { formatPercent, formatScore } from '../wording.js';
import type { StageOutcome } from './stage.js';

/** Nothing else matched: the experiment goes on. */
export function runningStage({ effect, rule }: EvidenceReading): StageOutcome {
  const interval = effect === null ? '' : ` (${formatScore(effect.lower)} to ${formatScore(effect.upper)})`;
  return {
    stage: 'running',
    verdict: 'continue_testing',
    reason:
      `The candidate is not ${formatPercent(rule.promoteRatio - 1)} above production, nor worse beyond doubt: ` +
      `its score differs by ${formatScore(effect?.effect ?? 0)}${interval}.`,
  };
}
