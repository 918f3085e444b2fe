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
  const byPlace = new Map<string, HourView[]>();
  for (const hour of hours) {
    const place = `${hour.variant} ${hour.hour}`;
    const there = byPlace.get(place);
    if (there === undefined) byPlace.set(place, [hour]);
    else there.push(hour);
  }
  const read = (variant: Variant) =>
    times.map((time) => {
      const found = byPlace.get(`${variant} ${time}`);
      if (found === undefined) return null;
      if (sum) return found.reduce((total, hour) => total + measure(hour), 0);
      const requests = found.reduce((total, hour) => total + hour.requests, 0);
      return requests === 0 ? null : found.reduce((total, hour) => total + measure(hour) * hour.requests, 0) / requests;
    });
  return { times, values: { production: read('production'), candidate: read('candidate') } };
}
