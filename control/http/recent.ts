/** A finding this many times older than it should be is not handed out. */
const TOO_OLD = 4;

interface Reading<T> {
  readonly value: Promise<T>;
  readonly at: number;
  refreshing: boolean;
}

/**
 * Remembers what a costly read found: a caller gets the last finding at once, and when that is older than `maxAgeMs` the next
 * one is fetched behind its back. The first caller of a key waits, and one who comes so late that the finding says nothing about now.
 *
 * @param maxKeys how many findings are kept; the oldest key goes first
 */
export function recent<T>(
  read: (key: string) => Promise<T>,
  { maxAgeMs, maxKeys = 200, now = Date.now }: { maxAgeMs: number; maxKeys?: number; now?: () => number },
): (key: string) => Promise<T> {
  const readings = new Map<string, Reading<T>>();
  return (key) => {
    const known = readings.get(key);
    if (!known || now() - known.at > maxAgeMs * TOO_OLD) {
      const value = read(key);
      readings.set(key, { value, at: now(), refreshing: false });
      if (readings.size > maxKeys) readings.delete(readings.keys().next().value as string);
      value.catch(() => readings.delete(key)); // the caller sees why; the next one tries again
      return value;
    }
    if (now() - known.at > maxAgeMs && !known.refreshing) {
      known.refreshing = true;
      read(key).then(
        (value) => readings.set(key, { value: Promise.resolve(value), at: now(), refreshing: false }),
        () => readings.delete(key), // the next caller waits for a new one and sees why it fails
      );
    }
    return known.value;
  };
}
