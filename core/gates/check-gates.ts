import type { GateSettings } from '../project.js';

/** Hold-out figures of one model. */
export interface HoldOutMetrics {
  /** Mean absolute error, in the target's unit. */
  readonly mae: number;
  readonly r2: number;
}

const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`;

/**
 * Why a trained model must not be deployed; empty when nothing stands against it.
 *
 * @param incumbent the production model on the very same hold-out rows; null before the first model
 */
export function checkGates(candidate: HoldOutMetrics, incumbent: HoldOutMetrics | null, gates: GateSettings): string[] {
  const failures: string[] = [];
  // written so that NaN fails
  if (!(candidate.r2 >= gates.minR2)) {
    failures.push(`hold-out R² is ${candidate.r2.toFixed(3)}, at least ${gates.minR2} is needed`);
  }
  if (incumbent !== null) {
    const worst = incumbent.mae * (1 + gates.maxMaeRegression);
    if (!(candidate.mae <= worst)) {
      failures.push(
        `hold-out MAE is ${candidate.mae.toFixed(3)}, the incumbent's is ${incumbent.mae.toFixed(3)} on the same rows: at most ${percent(gates.maxMaeRegression)} worse (${worst.toFixed(3)}) is allowed`,
      );
    }
  }
  return failures;
}
