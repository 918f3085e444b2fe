import { benjaminiHochberg } from '../stats/benjamini-hochberg.js';
import { type Comparison, compareCategories, compareNumeric } from './compare-distribution.js';
import type { SeriesCurrent } from './current-profile.js';
import type { DriftLines } from './drift-lines.js';
import type { DistributionRow, DriftStatus } from './drift-report.js';
import { histogramOf } from './histogram-of.js';
import type { SeriesReference } from './reference-profile.js';

/** One series with its two sides. */
export interface SeriesPair {
  readonly name: string;
  readonly reference: SeriesReference;
  readonly current: SeriesCurrent;
}

function compare({ name, reference, current }: SeriesPair, { minRows }: DriftLines): Comparison | null {
  if (current.n < Math.max(1, minRows) || reference.n === 0) return null;
  if (reference.kind === 'numeric' && current.kind === 'numeric') return compareNumeric(reference, current);
  if (reference.kind === 'category' && current.kind === 'category') return compareCategories(reference, current);
  throw new TypeError(`'${name}' is ${reference.kind} in the reference and ${current.kind} now`);
}

interface Verdict {
  readonly status: DriftStatus;
  readonly severe: boolean;
  readonly reason: string;
}

function judge(found: Comparison, pAdjusted: number, line: number, lines: DriftLines): Verdict {
  const { effectSize, psiExcess } = found;
  const p = `adjusted p ${pAdjusted.toPrecision(2)}`;
  const effect = `effect ${effectSize.toFixed(3)} (line ${line})`;
  const psi = `PSI ${psiExcess.toFixed(3)} beyond chance`;
  const severe = effectSize >= lines.severeFactor * line;
  if (pAdjusted < lines.alpha && effectSize >= line) {
    return { status: 'drift', severe, reason: `${p} and ${effect}: the distribution has moved` };
  }
  if (psiExcess >= lines.psiDrift) return { status: 'drift', severe, reason: `${psi} (line ${lines.psiDrift})` };
  if (psiExcess >= lines.psiWarn) return { status: 'warn', severe: false, reason: `${psi} (line ${lines.psiWarn})` };
  if (pAdjusted < lines.alpha) {
    return { status: 'stable', severe: false, reason: `${p}, but ${effect}: a change too small to matter` };
  }
  return { status: 'stable', severe: false, reason: `${p}, ${effect}` };
}

/** One row per series; the p-values of all series that have data are adjusted together. */
export function judgeDistributions(pairs: readonly SeriesPair[], lines: DriftLines): DistributionRow[] {
  const comparisons = pairs.map((pair) => compare(pair, lines));
  const adjusted = benjaminiHochberg(comparisons.filter((found) => found !== null).map((found) => found.pValue));
  let next = 0;
  return pairs.map(({ name, reference, current }, i): DistributionRow => {
    const numeric = reference.kind === 'numeric';
    const line = numeric ? lines.wasserstein : lines.jensenShannon;
    const found = comparisons[i] ?? null;
    const pAdjusted = found === null ? null : adjusted[next++]!;
    const verdict: Verdict =
      found === null || pAdjusted === null
        ? {
            status: 'insufficient_data',
            severe: false,
            reason: `${current.n} values now, ${reference.n} in the reference; at least ${lines.minRows} are needed now`,
          }
        : judge(found, pAdjusted, line, lines);
    return {
      name,
      kind: reference.kind,
      status: verdict.status,
      severe: verdict.severe,
      test: numeric ? 'kolmogorov_smirnov' : 'chi_square',
      statistic: found?.statistic ?? null,
      p_value: found?.pValue ?? null,
      p_adjusted: pAdjusted,
      effect: numeric ? 'wasserstein_over_std' : 'jensen_shannon',
      effect_size: found?.effectSize ?? null,
      effect_line: line,
      psi: found?.psi ?? null,
      psi_excess: found?.psiExcess ?? null,
      reference_rows: reference.n,
      current_rows: current.n,
      reason: verdict.reason,
      histogram: histogramOf(reference, current),
    };
  });
}
