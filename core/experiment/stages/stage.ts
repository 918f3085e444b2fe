import type { EvidenceStage, EvidenceVerdict, Forecast } from '../decision.js';
import type { EvidenceReading } from '../evidence-reading.js';

export interface StageOutcome {
  readonly stage: EvidenceStage;
  readonly verdict: EvidenceVerdict;
  readonly reason: string;
  readonly needed?: Forecast;
}

/** One branch of the evidence policy: an outcome when it matches, else null and the next one is asked. */
export type Stage = (reading: EvidenceReading) => StageOutcome | null;
