import { expect, test } from 'vitest';
import { clientAddress, createNetworks } from '../../router/built-in/client-address.js';
import { createRateLimiter } from '../../router/built-in/rate-limiter.js';
import { createUpstreamPool } from '../../router/built-in/upstream-pool.js';

test('a rate of 2 a second with a burst of 3 lets 4 through at once, then one every half second', () => {
  let now = 0;
  const allowed = createRateLimiter({ requestsPerSecond: 2, burst: 3 }, () => now);
  const atOnce = Array.from({ length: 6 }, () => allowed('a'));
  expect(atOnce).toEqual([true, true, true, true, false, false]);
  now = 499;
  expect(allowed('a')).toBe(false);
  now = 500;
  expect([allowed('a'), allowed('a')]).toEqual([true, false]);
  expect(allowed('b')).toBe(true);
});

test('the longest silent of very many clients is forgotten first', () => {
  const allowed = createRateLimiter({ requestsPerSecond: 1, burst: 0 }, () => 0);
  expect([allowed('first'), allowed('first')]).toEqual([true, false]);
  for (let i = 0; i < 100_000; i++) allowed(`client-${i}`);
  expect([allowed('first'), allowed('client-99999')]).toEqual([true, false]);
});

test('an instance is taken out after three failures in a row and tried again after the time', () => {
  let now = 0;
  const pool = createUpstreamPool(
    ['127.0.0.1:1', '127.0.0.1:2'],
    { maxFails: 3, failTimeoutSeconds: 5, keepsOnly: true },
    () => now,
  );
  const second = new Set(['127.0.0.1:2']);
  const failFirst = () => {
    const peer = pool.pick(second)!;
    pool.begin(peer);
    pool.end(peer, 'failed');
  };
  failFirst();
  failFirst();
  const peer = pool.pick(second)!;
  pool.begin(peer);
  pool.end(peer, 'ok');
  failFirst();
  failFirst();
  expect(pool.pick(second)?.address).toBe('127.0.0.1:1');
  failFirst();
  expect(pool.pick(second)).toBeNull();
  now = 5_000;
  expect(pool.pick(second)?.address).toBe('127.0.0.1:1');
  failFirst();
  expect(pool.pick(second)).toBeNull();
});

test('the only instance of production is never taken out, the only candidate is', () => {
  for (const keepsOnly of [true, false]) {
    const pool = createUpstreamPool(['[::1]:6001'], { maxFails: 1, failTimeoutSeconds: 5, keepsOnly }, () => 0);
    const peer = pool.pick(new Set())!;
    expect(peer).toMatchObject({ host: '::1', port: 6001 });
    pool.begin(peer);
    pool.end(peer, 'failed');
    expect(pool.pick(new Set()) !== null).toBe(keepsOnly);
  }
});

test('the instance with the fewest requests in flight is next', () => {
  const pool = createUpstreamPool(
    ['127.0.0.1:1', '127.0.0.1:2', '127.0.0.1:3'],
    { maxFails: 3, failTimeoutSeconds: 5, keepsOnly: true },
    () => 0,
  );
  const busy = [pool.pick(new Set())!];
  pool.begin(busy[0]!);
  busy.push(pool.pick(new Set())!);
  pool.begin(busy[1]!);
  const third = pool.pick(new Set())!;
  expect(new Set([...busy, third].map(({ address }) => address)).size).toBe(3);
  pool.end(busy[0]!, 'ok');
  pool.begin(third);
  expect(pool.pick(new Set())).toMatchObject({ address: busy[0]!.address });
});

test('the client is the last address no trusted proxy added', () => {
  const trusted = createNetworks(['10.0.0.0/8', '::1', '192.0.2.1']);
  expect(clientAddress('10.0.0.1', '1.1.1.1, 203.0.113.7, 192.0.2.1', trusted)).toBe('203.0.113.7');
  expect(clientAddress('::ffff:10.0.0.1', '203.0.113.7', trusted)).toBe('203.0.113.7');
  expect(clientAddress('198.51.100.1', '203.0.113.7', trusted)).toBe('198.51.100.1');
  expect(clientAddress('::1', '10.0.0.1, 10.0.0.2', trusted)).toBe('10.0.0.1');
  expect(clientAddress('10.0.0.1', undefined, trusted)).toBe('10.0.0.1');
  expect(clientAddress('10.0.0.1', 'unknown', trusted)).toBe('10.0.0.1');
  // of a connection that is gone already
  expect(clientAddress(undefined, '203.0.113.7', trusted)).toBe('');
});
