import pg from 'pg';
import type { Logger } from 'pino';
import type { SlotState } from '../../activities/ports.js';
import type { Slot } from '../../core/registry/version.js';

export type { SlotState };

/** What a slot should serve; generation 0 = nobody ever said. */
export async function readSlot(pool: pg.Pool, project: string, slot: Slot): Promise<SlotState> {
  const { rows } = await pool.query<SlotState>({
    text: 'select slot, version, generation from slots where project = $1 and slot = $2',
    values: [project, slot],
    query_timeout: 5_000,
  } as pg.QueryConfig);
  return rows[0] ?? { slot, version: null, generation: 0 };
}

export interface Subscription {
  stop(): Promise<void>;
}

/**
 * Calls `onChange` soon after the slots of a project changed. A lost connection is made again; what was missed meanwhile
 * is not told, so poll beside it.
 */
export function listenToSlots(
  connectionString: string,
  project: string,
  onChange: () => void,
  logger: Logger,
): Subscription {
  let stopped = false;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;

  const reconnect = () => {
    if (!stopped) retry ??= setTimeout(connect, 1_000).unref();
  };
  const connect = async () => {
    retry = undefined;
    const next = new pg.Client({
      connectionString,
      application_name: 'incumbent slots',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    next.on('error', (error) => logger.debug({ err: error }, 'slot notifications lost'));
    next.on('end', reconnect);
    next.on('notification', (message) => {
      if (message.payload === project) onChange();
    });
    try {
      await next.connect();
      await next.query('listen slots');
      if (stopped) return await next.end();
      client = next;
      onChange();
    } catch (error) {
      logger.debug({ err: error }, 'slot notifications not available yet');
      await next.end().catch(() => {});
      reconnect();
    }
  };
  void connect();

  return {
    async stop() {
      stopped = true;
      clearTimeout(retry);
      await client?.end().catch(() => {});
    },
  };
}
