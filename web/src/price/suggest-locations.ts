/**
 * Locations for what has been typed: those that begin with it, then those in which a word does, then those that contain
 * it; alphabetical within each.
 *
 * @param sorted all locations, sorted
 */
export function suggestLocations(sorted: readonly string[], typed: string, most: number): readonly string[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return sorted.slice(0, most);
  const groups: [string[], string[], string[]] = [[], [], []];
  for (const name of sorted) {
    const lower = name.toLowerCase();
    const at = lower.indexOf(wanted);
    if (at === 0) groups[0].push(name);
    else if (at > 0 && lower.split(/[\s,(]+/).some((word) => word.startsWith(wanted))) groups[1].push(name);
    else if (at > 0) groups[2].push(name);
  }
  return groups.flat().slice(0, most);
}
