import type { SeriesCurrent } from './current-profile.js';
import type { HistogramBin } from './drift-report.js';
import type { SeriesReference } from './reference-profile.js';

const SHOWN_CATEGORIES = 12;

const share = (count: number, total: number): number => (total === 0 ? 0 : count / total);

/**
 * Both distributions over the same bins, to be looked at: the reference's deciles for numbers, its most frequent
 * categories for the rest, with everything else in one bin at the end.
 *
 * @returns shares of either side; each side's add up to 1 unless it is empty
 */
export function histogramOf(reference: SeriesReference, current: SeriesCurrent): HistogramBin[] {
  if (reference.kind === 'numeric') {
    const now = current.counts.reduce((sum, count) => sum + count, 0);
    const before = reference.counts.reduce((sum, count) => sum + count, 0);
    return reference.counts.map((count, i) => ({
      from: reference.edges[i - 1] ?? null,
      to: reference.edges[i] ?? null,
      category: null,
      reference: share(count, before),
      current: share(current.counts[i] ?? 0, now),
    }));
  }
  const bins = reference.categories.slice(0, SHOWN_CATEGORIES).map(
    (category, i): HistogramBin => ({
      from: null,
      to: null,
      category,
      reference: share(reference.counts[i]!, reference.n),
      current: share(current.counts[i] ?? 0, current.n),
    }),
  );
  const rest = (side: 'reference' | 'current', rows: number) =>
    rows === 0 ? 0 : Math.max(0, 1 - bins.reduce((sum, bin) => sum + bin[side], 0));
  const [restBefore, restNow] = [rest('reference', reference.n), rest('current', current.n)];
  if (restBefore + restNow < 1e-9) return bins;
  return [...bins, { from: null, to: null, category: null, reference: restBefore, current: restNow }];
}
