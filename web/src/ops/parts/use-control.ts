import { useCallback } from 'react';
import { requestJson } from '../../api/http.js';
import { type Resource, useResource } from '../../shared/use-resource.js';

/** A GET of the control API, kept fresh. @param path from `controlPath` */
export function useControl<T>(path: string, refreshMs = 0): Resource<T> {
  const load = useCallback((signal: AbortSignal) => requestJson<T>(path, { signal }), [path]);
  return useResource(load, refreshMs);
}
