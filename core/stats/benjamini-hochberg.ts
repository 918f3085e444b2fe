import padjust from '@stdlib/stats-padjust';

/**
 * Benjamini-Hochberg adjusted p-values: calling those below q significant keeps the expected share of false calls at q.
 *
 * @param pValues shape (k,), each 0..1; k = 0 gives an empty answer
 * @returns shape (k,), same order
 * @see Benjamini & Hochberg 1995, "Controlling the False Discovery Rate"
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  return pValues.length === 0 ? [] : padjust([...pValues], 'bh');
}
