import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import type { Cache } from '../../../adapters/redis/cache.js';
import { createRedisCache } from '../../../adapters/redis/redis-cache.js';
import { freePorts } from '../../../stack/ports.js';
import { until } from '../../inference/support/inference-world.js';
import { startRedis } from '../../support/redis.js';

const logger = pino({ level: 'silent' });
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(port: number): Promise<ChildProcess> {
  const child = await startRedis(port);
  ends.push(() => child.kill('SIGKILL'));
  return child;
}

function open(port: number, now?: () => number): Cache {
  const cache = createRedisCache({ url: `redis://127.0.0.1:${port}`, logger, ...(now ? { now } : {}) });
  ends.push(() => cache.close());
  return cache;
}

/** Sets until it is kept: the connection is made in the background. */
async function keeps(cache: Cache, key: string, text: string): Promise<void> {
  await until(async () => {
    cache.set(key, text, 60);
    return (await cache.get(key)) === text;
  }, 15_000);
}

async function took(act: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await act();
  return performance.now() - started;
}

test('what one instance keeps, another one finds, until it expires', async () => {
  const [port] = (await freePorts(1)) as [number];
  await start(port);
  const [first, second] = [open(port), open(port)];
  await keeps(first, 'a', 'text');
  await until(async () => (await second.get('a')) === 'text');
  expect(await second.get('unknown')).toBeNull();
  first.set('short', 'text', 1);
  await until(async () => (await first.get('short')) === 'text');
  await until(async () => (await first.get('short')) === null);
});

test('without a Redis there is nothing in the cache, at once', async () => {
  const [port] = (await freePorts(1)) as [number];
  const cache = open(port);
  expect(await took(() => cache.get('a'))).toBeLessThan(50);
  cache.set('a', 'text', 60);
  expect(await cache.get('a')).toBeNull();
});

test('a Redis that is killed costs nothing, and is used again when it is back', async () => {
  const [port] = (await freePorts(1)) as [number];
  const redis = await start(port);
  const cache = open(port);
  await keeps(cache, 'a', 'text');
  redis.kill('SIGKILL');
  await once(redis, 'exit');
  expect(await took(async () => expect(await cache.get('a')).toBeNull())).toBeLessThan(200);
  await start(port);
  await keeps(cache, 'a', 'again');
});

test('a Redis that hangs is waited for three times, briefly, then left alone for a while', async () => {
  const [port] = (await freePorts(1)) as [number];
  const redis = await start(port);
  let time = 0;
  const cache = open(port, () => time);
  await keeps(cache, 'a', 'text');
  redis.kill('SIGSTOP');
  for (let i = 0; i < 3; i++) expect(await took(() => cache.get('a'))).toBeGreaterThanOrEqual(45);
  expect(await took(async () => expect(await cache.get('a')).toBeNull())).toBeLessThan(20);
  redis.kill('SIGCONT');
  await until(async () => {
    time += 6_000;
    return (await cache.get('a')) === 'text';
  });
});
