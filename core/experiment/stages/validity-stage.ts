import type { EvidenceReading } from '../evidence-reading.js';
import { formatPercent, formatPValue } from '../wording.js';
import type { Stage } from './stage.js';

function invalidity({ summary, context, rule, sampleRatio, shareInBoth, response }: EvidenceReading): string | null {
  const { validity } = rule;
  if (sampleRatio.mismatch) {
    const { production, candidate } = summary;
    const share = formatPercent(candidate.users / (candidate.users + production.users));
    return (
      `${share} of users are in the candidate where the split says ${context.candidateWeightPercent} % ` +
      `(p ${formatPValue(Math.min(sampleRatio.pValue ?? 1, sampleRatio.sequentialPValue))})`
    );
  }
  if (summary.usersInBoth >= validity.minUsersInBoth && shareInBoth >= validity.maxShareInBoth) {
    return `${summary.usersInBoth} users (${formatPercent(shareInBoth)}) saw both variants`;
  }
  if (response.pValue !== null && response.pValue < validity.alpha) {
    const counted = context.judgedBy === 'labels' ? 'labelled' : 'rated';
    return (
      `${formatPercent(response.candidate ?? 0)} of the candidate's answers are ${counted} and ` +
      `${formatPercent(response.production ?? 0)} of production's (p ${formatPValue(response.pValue)})`
    );
  }
  return null;
}

/** c. A comparison that is not one: no promotion, and somebody is told. */
export const validityStage: Stage = (reading) => {
  const cause = invalidity(reading);
  if (cause === null) return null;
  return { stage: 'validity', verdict: 'invalid', reason: `The two variants cannot be compared: ${cause}.` };
};
