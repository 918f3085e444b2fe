import type { UserTotals, VariantSummary } from '../../core/experiment/variant-summary.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Latency buckets of 2 %, from 1 ms up: enough for a p95. */
const BUCKETS = 600;
const bucketOf = (ms: number) => Math.min(BUCKETS - 1, Math.max(0, Math.round(Math.log(ms) / Math.log(1.02))));

/**
 * One variant's summary kept up to date request by request, as a database keeps it row by row: a user's old products are
 * taken out and the new ones put in.
 */
export class LiveSummary {
  readonly users = new Map<number, Mutable<UserTotals> & { counts: number[] }>();
  readonly #latencies = new Uint32Array(BUCKETS);
  readonly #sums = {
    requests: 0,
    errors: 0,
    latencyMsSum: 0,
    latencyScoreSum: 0,
    ratings: 0,
    ratingSum: 0,
    ratingSquareSum: 0,
  };
  readonly #counts: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  readonly #moments = { rr: 0, rm: 0, mm: 0, ll: 0, ln: 0, nn: 0, rl: 0, rn: 0, ml: 0, mn: 0 };

  fail(): void {
    this.#sums.errors++;
  }

  answer(userKey: number, latencyMs: number, rating: number | null): void {
    let user = this.users.get(userKey);
    if (user === undefined) {
      user = {
        requests: 0,
        errors: 0,
        latencyMsSum: 0,
        latencyScoreSum: 0,
        ratings: 0,
        ratingSum: 0,
        ratingSquareSum: 0,
        counts: [0, 0, 0, 0, 0],
      };
      this.users.set(userKey, user);
    }
    const score = Math.max(0, (5000 - latencyMs) / 5000);
    this.#products(user, -1);
    for (const sums of [user, this.#sums]) {
      sums.requests++;
      sums.latencyMsSum += latencyMs;
      sums.latencyScoreSum += score;
      if (rating === null) continue;
      sums.ratings++;
      sums.ratingSum += rating;
      sums.ratingSquareSum += rating * rating;
    }
    if (rating !== null) {
      user.counts[rating - 1]!++;
      this.#counts[rating - 1]!++;
    }
    this.#products(user, 1);
    this.#latencies[bucketOf(latencyMs)]!++;
  }

  /** What the decision reads now. */
  read(): VariantSummary {
    return {
      users: this.users.size,
      ...this.#sums,
      ratingCounts: this.#counts,
      latencyP95Ms: this.#p95(),
      moments: this.#moments,
    };
  }

  #products({ ratingSum: r, ratings: m, latencyScoreSum: l, requests: n }: UserTotals, sign: 1 | -1): void {
    const s = this.#moments;
    s.rr += sign * r * r;
    s.rm += sign * r * m;
    s.mm += sign * m * m;
    s.ll += sign * l * l;
    s.ln += sign * l * n;
    s.nn += sign * n * n;
    s.rl += sign * r * l;
    s.rn += sign * r * n;
    s.ml += sign * m * l;
    s.mn += sign * m * n;
  }

  #p95(): number | null {
    if (this.#sums.requests === 0) return null;
    let left = Math.ceil(0.95 * this.#sums.requests);
    let bucket = 0;
    for (; bucket < BUCKETS; bucket++) {
      left -= this.#latencies[bucket]!;
      if (left <= 0) break;
    }
    return 1.02 ** bucket;
  }
}
