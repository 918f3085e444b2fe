/**
 * What was asked for, in order; the next piece is on its way while one is used.
 *
 * @param ask asks for each of them; not called again before the piece before the last one was taken
 */
export async function* oneAhead<K, T>(keys: Iterable<K>, ask: (key: K) => Promise<T>): AsyncGenerator<T> {
  let before: Promise<T> | null = null;
  for (const key of keys) {
    const next = ask(key);
    next.catch(() => {}); // told when it is awaited
    if (before) yield await before;
    before = next;
  }
  if (before) yield await before;
}
