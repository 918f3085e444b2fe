import { useRef, useState } from 'react';
import { ApiError } from '../api/http.js';
import { type Estimate, estimatePrice, type Home } from '../api/prediction.js';

export interface EstimateRequest {
  readonly busy: boolean;
  readonly error: ApiError | null;
  /** @returns null when it failed (see `error`) or a newer question has taken its place */
  readonly ask: (home: Home) => Promise<Estimate | null>;
  readonly forget: () => void;
}

/** One question at a time: a new one calls the last one off. */
export function useEstimate(): EstimateRequest {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const controller = useRef<AbortController>(null);

  async function ask(home: Home): Promise<Estimate | null> {
    controller.current?.abort();
    const own = new AbortController();
    controller.current = own;
    setBusy(true);
    setError(null);
    try {
      return await estimatePrice(home, own.signal);
    } catch (reason) {
      if (!own.signal.aborted) setError(reason instanceof ApiError ? reason : new ApiError(0, String(reason)));
      return null;
    } finally {
      if (controller.current === own) setBusy(false);
    }
  }
  return { busy, error, ask, forget: () => setError(null) };
}
