import { useCallback } from 'react';
import { requestJson } from '../../api/http.js';
import { type Resource, useResource } from '../../shared/use-resource.js';
import { type Topic, useLive } from '../live/live-events.js';

const never: readonly Topic[] = [];

/**
 * A GET of the control API, asked again when something of these topics has changed.
 *
 * @param path from `controlPath`
 * @param topics must not change between renders
 * @param everyMs at most this often
 */
export function useControl<T>(path: string, topics: readonly Topic[] = never, everyMs?: number): Resource<T> {
  const load = useCallback((signal: AbortSignal) => requestJson<T>(path, { signal }), [path]);
  const resource = useResource(load);
  useLive(topics, resource.reload, everyMs);
  return resource;
}
