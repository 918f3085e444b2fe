import type { GateEvidence, GateResult } from './gate-evidence.js';
import type { GateSettings } from './gate-settings.js';
import { percent } from './wording.js';

const DEFAULT_LIMIT = 0.98;

/** No input that is the answer in other words: such a model shines on past rows and fails where the answer is not known yet. */
export function leakageGate(
  { strongestFeature }: Pick<GateEvidence, 'strongestFeature'>,
  { maxSingleFeature: limit = DEFAULT_LIMIT }: GateSettings,
): GateResult[] {
  if (strongestFeature === undefined) return [];
  const { name, score: value } = strongestFeature;
  const reason =
    `'${name}' alone explains ${percent(value)} of the target, at most ${percent(limit)} is plausible: ` +
    'it may hold what is known only afterwards';
  return [{ gate: 'leakage', passed: value <= limit, value, limit, reason }];
}
