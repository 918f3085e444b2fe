import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/http.js';

export interface Resource<T> {
  /** The last good answer; stays while a newer one is on its way or failed. */
  readonly data: T | null;
  readonly error: ApiError | null;
  readonly loading: boolean;
  readonly reload: () => void;
}

/**
 * Loads something; what was there stays while it is loaded again.
 *
 * @param load must not change between renders unless what it loads does
 */
export function useResource<T>(load: (signal: AbortSignal) => Promise<T>): Resource<T> {
  const [state, setState] = useState<Omit<Resource<T>, 'reload'>>({ data: null, error: null, loading: true });
  const [round, setRound] = useState(0);
  const loaded = useRef<typeof load>(null);
  const reload = useCallback(() => setRound((n) => n + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round is what asks again
  useEffect(() => {
    const controller = new AbortController();
    const sameThing = loaded.current === load;
    loaded.current = load;
    setState((last) => ({ data: sameThing ? last.data : null, error: sameThing ? last.error : null, loading: true }));
    load(controller.signal).then(
      (data) => {
        if (!controller.signal.aborted) setState({ data, error: null, loading: false });
      },
      (reason: unknown) => {
        if (controller.signal.aborted) return;
        const error = reason instanceof ApiError ? reason : new ApiError(0, String(reason));
        setState((last) => ({ data: last.data, error, loading: false }));
      },
    );
    return () => controller.abort();
  }, [load, round]);

  return { ...state, reload };
}
