import type { HourView } from '../../api/performance.js';

type Variant = HourView['variant'];
type Measure = (hour: HourView) => number;

/**
 * Hours of both variants on one axis. An hour in which a variant served two versions is one point: requests add up,
 * other measures are weighted by requests.
 *
 * @param sum whether the measure adds up
 * @returns times in order, and each variant's values, null where it served nothing
 */
export function hourlySeries(
  hours: readonly HourView[],
  measure: Measure,
  sum: boolean,
): { times: string[]; values: Record<Variant, (number | null)[]> } {
  const times = [...new Set(hours.map(({ hour }) => hour))].sort();
  const read = (variant: Variant) =>
    times.map((time) => {
      const found = hours.filter(({ hour, variant: of }) => hour === time && of === variant);
      if (found.length === 0) return null;
      if (sum) return found.reduce((total, hour) => total + measure(hour), 0);
      const requests = found.reduce((total, hour) => total + hour.requests, 0);
      return requests === 0 ? null : found.reduce((total, hour) => total + measure(hour) * hour.requests, 0) / requests;
    });
  return { times, values: { production: read('production'), candidate: read('candidate') } };
}
