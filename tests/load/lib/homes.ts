const pick = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)]!;

/** A home of usual proportions in one of the given places. */
export function randomHome(locations: readonly string[]) {
  const bhk = pick([1, 2, 2, 2, 3, 3, 4]);
  return {
    total_sqft: Math.round((250 + 450 * bhk) * (0.8 + 0.4 * Math.random())),
    location: pick(locations),
    bhk,
    bath: Math.max(1, bhk + pick([-1, 0, 0, 1])),
    balcony: pick([0, 1, 1, 2, 3]),
  };
}
