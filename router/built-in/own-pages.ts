import type { LiveRouting } from './live-routing.js';

/** Counted since the start, as nginx's stub_status shows them. */
export interface Counters {
  accepted: number;
  open: number;
  requests: number;
  inFlight: number;
}

export interface Page {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** The text of nginx's `stub_status`, so that one exporter reads both routers. */
function stubStatus({ accepted, open, requests, inFlight }: Counters): string {
  return (
    `Active connections: ${open} \nserver accepts handled requests\n ${accepted} ${accepted} ${requests} \n` +
    `Reading: 0 Writing: ${inFlight} Waiting: ${Math.max(0, open - inFlight)} \n`
  );
}

/** The router's own page at this path, or null when the path is for the services. */
export function ownPage(path: string, live: LiveRouting, counters: Counters, maySeeStatus: () => boolean): Page | null {
  switch (path) {
    case '/router/health':
      return {
        status: 200,
        type: 'application/json',
        text: JSON.stringify({ status: 'ok', kind: 'built-in', generation: live.state.generation }),
      };
    case '/router/state':
      return { status: 200, type: 'application/json', text: JSON.stringify(live.description) };
    case '/router/status':
      return maySeeStatus()
        ? { status: 200, type: 'text/plain', text: stubStatus(counters) }
        : { status: 403, type: 'text/plain', text: 'only for the addresses allowed to see it\n' };
    default:
      return null;
  }
}
