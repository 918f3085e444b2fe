import { InvalidInputError } from '../errors.js';

/** Upper bound of bucket 0, milliseconds: nothing a person waits for is faster. */
const FINEST_MS = 0.01;
/** Bounds grow by this: any value lies within 2 % of its bucket's middle. */
const GROWTH = 1.04;
/** The last bucket holds everything slower, from about four hours on. */
export const LATENCY_BUCKETS = 535;

const LOG_GROWTH = Math.log(GROWTH);

/**
 * Which of the log-spaced buckets a latency falls into: bucket i holds (0.01·1.04^(i−1), 0.01·1.04^i] ms, bucket 0 all below
 * and the last one all above. Counts of buckets add up over processes and give quantiles without keeping the latencies.
 *
 * @param latencyMs finite or infinite, ≥ 0
 * @returns 0 … LATENCY_BUCKETS − 1
 * @throws {InvalidInputError} for NaN and negative latencies
 * @see Masson, Rim & Lee 2019, "DDSketch" (the mapping with relative accuracy)
 */
export function latencyBucket(latencyMs: number): number {
  if (!(latencyMs >= 0))
    throw new InvalidInputError(`a latency must be a number of milliseconds ≥ 0, got ${latencyMs}`);
  if (latencyMs <= FINEST_MS) return 0;
  return Math.min(LATENCY_BUCKETS - 1, Math.ceil(Math.log(latencyMs / FINEST_MS) / LOG_GROWTH));
}

/** The latency that stands for a bucket, milliseconds: at most 2 % from each latency in it. */
export function bucketLatencyMs(bucket: number): number {
  // 2b/(1 + b) times the lower bound is equally far, in relative terms, from both bounds
  return FINEST_MS * GROWTH ** bucket * (2 / (1 + GROWTH));
}

export interface BucketCount {
  readonly bucket: number;
  readonly requests: number;
}

/**
 * The latency that this share of requests stays at or below.
 *
 * @param counts of single buckets, in any order; negative ones (a difference of two readings in the wrong order) are refused
 * @param share (0, 1], 0.95 = p95
 * @returns milliseconds, within 2 % of the nearest-rank quantile; null without requests
 * @throws {InvalidInputError} if `share` or a count is out of range
 */
export function latencyQuantile(counts: readonly BucketCount[], share: number): number | null {
  if (!(share > 0 && share <= 1)) throw new InvalidInputError(`a quantile's share must lie in (0, 1], got ${share}`);
  const sorted = [...counts].sort((a, b) => a.bucket - b.bucket);
  const total = sorted.reduce((sum, { requests }) => sum + requests, 0);
  if (sorted.some(({ requests }) => !(requests >= 0))) {
    throw new InvalidInputError('counts of latency buckets must be at least 0');
  }
  if (total === 0) return null;
  const rank = Math.max(1, Math.ceil(share * total - 1e-9));
  let seen = 0;
  for (const { bucket, requests } of sorted) {
    seen += requests;
    if (seen >= rank) return bucketLatencyMs(bucket);
  }
  return null;
}
