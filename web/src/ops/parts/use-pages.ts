import { useCallback, useEffect, useRef, useState } from 'react';
import type { Page } from '../../api/control.js';
import { ApiError, requestJson } from '../../api/http.js';
import { type Topic, useLive } from '../live/live-events.js';

const never: readonly Topic[] = [];

export interface Pages<T> {
  readonly items: readonly T[];
  readonly loading: boolean;
  readonly error: ApiError | null;
  /** null = the end has been reached. */
  readonly more: (() => void) | null;
  readonly reload: () => void;
}

/**
 * A list that is loaded a page at a time.
 *
 * @param path of the first page
 * @param whole loads up to this many items without being asked
 * @param topics what is shown is loaded again when something of these has changed; must not change between renders
 */
export function usePages<T>(path: string, whole = 0, topics: readonly Topic[] = never): Pages<T> {
  const [state, setState] = useState<{ items: readonly T[]; cursor: string | null; error: ApiError | null }>({
    items: [],
    cursor: null,
    error: null,
  });
  const [loading, setLoading] = useState(true);
  const controller = useRef<AbortController>(null);

  const load = useCallback(
    async (from: string | null, before: readonly T[], atLeast = whole) => {
      controller.current?.abort();
      const own = new AbortController();
      controller.current = own;
      setLoading(true);
      let [cursor, items] = [from, before];
      try {
        do {
          const separator = path.includes('?') ? '&' : '?';
          const next = cursor === null ? path : `${path}${separator}cursor=${encodeURIComponent(cursor)}`;
          const page: Page<T> = await requestJson(next, { signal: own.signal });
          cursor = page.next_cursor;
          items = [...items, ...page.items];
        } while (cursor !== null && items.length < atLeast);
        setState({ items, cursor, error: null });
      } catch (reason) {
        if (own.signal.aborted) return;
        const error = reason instanceof ApiError ? reason : new ApiError(0, String(reason));
        setState({ items, cursor, error });
      }
      setLoading(false);
    },
    [path, whole],
  );

  useEffect(() => {
    setState({ items: [], cursor: null, error: null });
    void load(null, []);
    return () => controller.current?.abort();
  }, [load]);

  // as many as were shown, so that nothing disappears under the reader
  const again = useRef(0);
  again.current = Math.max(whole, state.items.length);
  useLive(topics, () => void load(null, [], again.current));

  const { items, cursor, error } = state;
  return {
    items,
    loading,
    error,
    more: cursor === null ? null : () => void load(cursor, items),
    reload: () => void load(null, []),
  };
}
