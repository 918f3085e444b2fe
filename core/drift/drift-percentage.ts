/**
 * How far the mean has moved, in percent of the reference: |mean_now − mean_ref| / |mean_ref| · 100.
 *
 * @returns null when the reference mean is 0 and there is nothing to take a percentage of
 */
export function driftPercentage(referenceMean: number, currentMean: number): number | null {
  if (referenceMean === 0) return currentMean === 0 ? 0 : null;
  return (Math.abs(currentMean - referenceMean) / Math.abs(referenceMean)) * 100;
}
