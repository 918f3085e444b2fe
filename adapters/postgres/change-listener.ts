import pg from 'pg';
import type { Logger } from 'pino';

export interface Subscription {
  stop(): Promise<void>;
}

/** What a change of a project is told on: its `slots`, or the `routing` between them. */
export type ChangeChannel = 'slots' | 'routing';

/**
 * Calls `onChange` soon after the slots or the routing of a project changed. A lost connection is made again; what was
 * missed meanwhile is not told, so poll beside it.
 */
export function listenToChanges(
  connectionString: string,
  channel: ChangeChannel,
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
      application_name: `incumbent ${channel}`,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    next.on('error', (error) => logger.debug({ err: error, channel }, 'notifications lost'));
    next.on('end', reconnect);
    next.on('notification', (message) => {
      if (message.payload === project) onChange();
    });
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
      if (stopped) return await next.end();
      client = next;
      onChange();
    } catch (error) {
      logger.debug({ err: error, channel }, 'notifications not available yet');
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
