import { useCallback, useEffect, useState } from 'react';
import { controlPath } from '../../api/control.js';
import { requestJson } from '../../api/http.js';
import type { LogLine, TrainingStatus } from '../../api/training.js';
import { type Resource, useResource } from '../../shared/use-resource.js';

export interface Training {
  readonly status: Resource<TrainingStatus>;
  readonly lines: readonly LogLine[];
  /** The connection for live events is lost and being made again. */
  readonly waiting: boolean;
}

/** A training followed live: its status at once, then every event as it happens. */
export function useTraining(jobId: string): Training {
  const id = encodeURIComponent(jobId);
  const load = useCallback(
    (signal: AbortSignal) => requestJson<TrainingStatus>(controlPath(`training/status/${id}`), { signal }),
    [id],
  );
  const first = useResource(load);
  const [live, setLive] = useState<TrainingStatus | null>(null);
  const [lines, setLines] = useState<readonly LogLine[]>([]);
  const [waiting, setWaiting] = useState(false);
  const known = first.data !== null;

  useEffect(() => {
    if (!known) return;
    const events = new EventSource(controlPath(`training/logs/${id}`));
    const read = <T>(event: Event): T => JSON.parse((event as MessageEvent<string>).data);
    events.addEventListener('open', () => setWaiting(false));
    events.addEventListener('line', (event) => {
      const line = read<LogLine>(event);
      // after a new connection the server may repeat what was seen
      setLines((before) => (before.some(({ id: seen }) => seen === line.id) ? before : [...before, line]));
    });
    events.addEventListener('progress', (event) => setLive(read<TrainingStatus>(event)));
    events.addEventListener('end', () => events.close());
    events.addEventListener('error', () => setWaiting(events.readyState !== EventSource.CLOSED));
    return () => events.close();
  }, [id, known]);

  return { status: { ...first, data: live ?? first.data }, lines, waiting };
}
