import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import {
  bucketLatencyMs,
  LATENCY_BUCKETS,
  latencyBucket,
  latencyQuantile,
} from '../../../core/experiment/latency-buckets.js';

test('a bucket stands for its latencies within 2 %', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1e7, noNaN: true }), (latencyMs) => {
      const told = bucketLatencyMs(latencyBucket(latencyMs));
      expect(Math.abs(told - latencyMs) / latencyMs).toBeLessThanOrEqual(0.02);
    }),
    { numRuns: 2000 },
  );
});

test('a slower request never falls into a lower bucket', () => {
  const latency = fc.double({ min: 0, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(latency, latency, (a, b) => {
      expect(latencyBucket(Math.min(a, b))).toBeLessThanOrEqual(latencyBucket(Math.max(a, b)));
    }),
  );
});

test('what is outside the range falls into the outermost buckets', () => {
  expect(latencyBucket(0)).toBe(0);
  expect(latencyBucket(Number.POSITIVE_INFINITY)).toBe(LATENCY_BUCKETS - 1);
  expect(() => latencyBucket(Number.NaN)).toThrow(InvalidInputError);
  expect(() => latencyBucket(-1)).toThrow(InvalidInputError);
});

test('the quantile of counts is the nearest-rank quantile of the latencies within 2 %', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.1, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0.5, 0.95, 0.99, 1),
      (latencies, share) => {
        const counts = new Map<number, number>();
        for (const ms of latencies) counts.set(latencyBucket(ms), (counts.get(latencyBucket(ms)) ?? 0) + 1);
        const exact = [...latencies].sort((a, b) => a - b)[Math.ceil(share * latencies.length - 1e-9) - 1]!;
        const told = latencyQuantile(
          [...counts].map(([bucket, requests]) => ({ bucket, requests })),
          share,
        )!;
        expect(Math.abs(told - exact) / exact).toBeLessThanOrEqual(0.02);
      },
    ),
  );
});

test('no requests have no quantile, and counts cannot be negative', () => {
  expect(latencyQuantile([], 0.95)).toBeNull();
  expect(latencyQuantile([{ bucket: 4, requests: 0 }], 0.95)).toBeNull();
  expect(() => latencyQuantile([{ bucket: 4, requests: -1 }], 0.95)).toThrow(InvalidInputError);
  expect(() => latencyQuantile([{ bucket: 4, requests: 1 }], 0)).toThrow(InvalidInputError);
});
