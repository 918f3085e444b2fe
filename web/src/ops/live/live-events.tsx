import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { controlPath } from '../../api/control.js';

/** What of a project can change; the control API tells which of them did. */
export type Topic =
  | 'slots'
  | 'instances'
  | 'experiments'
  | 'decisions'
  | 'approvals'
  | 'models'
  | 'runs'
  | 'datasets'
  | 'drift'
  | 'batch'
  | 'alerts'
  | 'audit'
  | 'predictions';

interface Live {
  /** The connection is lost and being made again: what is shown may be old. */
  readonly lost: boolean;
  readonly subscribe: (listener: (topics: readonly Topic[] | 'all') => void) => () => void;
}

const LiveContext = createContext<Live>({ lost: false, subscribe: () => () => undefined });

/** One stream of changes of a project for all that is shown of it. */
export function LiveEvents({ project, children }: { project: string; children: ReactNode }) {
  const listeners = useRef(new Set<(topics: readonly Topic[] | 'all') => void>());
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const events = new EventSource(controlPath('events', { project }));
    const tell = (topics: readonly Topic[] | 'all') => {
      for (const listener of listeners.current) listener(topics);
    };
    let broken = false;
    events.addEventListener('open', () => {
      // what happened meanwhile was not told
      if (broken) tell('all');
      broken = false;
      setLost(false);
    });
    events.addEventListener('changed', (event) => {
      tell((JSON.parse((event as MessageEvent<string>).data) as { topics: Topic[] }).topics);
    });
    events.addEventListener('error', () => {
      broken = true;
      setLost(true);
    });
    return () => events.close();
  }, [project]);
  // the same for good: who listens must not lose its place when the connection comes back
  const subscribe = useCallback<Live['subscribe']>((listener) => {
    listeners.current.add(listener);
    return () => listeners.current.delete(listener);
  }, []);
  const live = useMemo((): Live => ({ lost, subscribe }), [lost, subscribe]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

export const useConnectionLost = (): boolean => useContext(LiveContext).lost;

/** A burst of changes is one. */
const BURST_MS = 300;

/**
 * Calls `reload` when something of these topics has changed; for a page in the background once it is looked at again.
 *
 * @param topics must not change between renders
 * @param everyMs at most this often
 */
export function useLive(topics: readonly Topic[], reload: () => void, everyMs = BURST_MS): void {
  const { subscribe } = useContext(LiveContext);
  const latest = useRef(reload);
  latest.current = reload;
  useEffect(() => {
    if (topics.length === 0) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let missed = false;
    const soon = () => {
      if (document.visibilityState !== 'visible') {
        missed = true;
        return;
      }
      timer ??= setTimeout(() => {
        timer = undefined;
        latest.current();
      }, everyMs);
    };
    const seen = () => {
      if (missed) soon();
      missed = false;
    };
    document.addEventListener('visibilitychange', seen);
    const leave = subscribe((changed) => {
      if (changed === 'all' || changed.some((topic) => topics.includes(topic))) soon();
    });
    return () => {
      leave();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [subscribe, topics, everyMs]);
}
