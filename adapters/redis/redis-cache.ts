import { createClient } from '@redis/client';
import type { Logger } from 'pino';
import type { Cache } from './cache.js';

/** An answer that takes longer is not worth waiting for: what is cached takes milliseconds to make. */
const PATIENCE_MS = 50;
/** After this many failures in a row the cache is left alone for a while. */
const FAILURES = 3;
const REST_MS = 5_000;

export interface RedisCacheOptions {
  readonly url: string;
  readonly logger: Logger;
  readonly now?: () => number;
}

/** A cache in Redis. It connects in the background and again whenever the connection is lost. */
export function createRedisCache({ url, logger, now = Date.now }: RedisCacheOptions): Cache {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: 1_000,
    socket: {
      connectTimeout: 2_000,
      reconnectStrategy: (attempt: number) => Math.min(5_000, 100 * 2 ** Math.min(attempt, 6)),
    },
  });
  let failures = 0;
  let restsUntil = 0;
  let told = false;
  client.on('error', (error: Error) => {
    if (!told) logger.warn({ err: error }, 'redis is away: nothing is cached');
    told = true;
  });
  client.on('ready', () => {
    if (told) logger.info('redis is back');
    told = false;
  });
  client.connect().catch((error: unknown) => logger.debug({ err: error }, 'redis not connected'));

  const usable = () => client.isReady && now() >= restsUntil;
  async function attempt<T>(act: () => Promise<T>): Promise<T | null> {
    if (!usable()) return null;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
    });
    try {
      const result = await Promise.race([act(), late]);
      failures = 0;
      return result;
    } catch (error) {
      logger.debug({ err: error }, 'redis failed');
      if (++failures >= FAILURES) {
        failures = 0;
        restsUntil = now() + REST_MS;
      }
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    get: (key) => attempt(() => client.get(key)),
    set(key, text, seconds) {
      void attempt(() => client.set(key, text, { expiration: { type: 'EX', value: seconds } }));
    },
    close: () => client.destroy(),
  };
}
