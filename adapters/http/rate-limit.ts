import { HttpProblem } from './problem.js';

interface Bucket {
  tokens: number;
  at: number;
}

const MAX_BUCKETS = 10_000;

/**
 * A token bucket for each caller: a minute's worth may come at once, then as many a minute.
 *
 * @returns a function that takes one token or refuses
 * @throws {HttpProblem} 429 with Retry-After, from the returned function
 */
export function createRateLimit(now: () => number = Date.now) {
  const buckets = new Map<string, Bucket>();
  return (caller: string, perMinute: number): void => {
    const time = now();
    const known = buckets.get(caller) ?? { tokens: perMinute, at: time };
    const tokens = Math.min(perMinute, known.tokens + ((time - known.at) / 60_000) * perMinute);
    buckets.delete(caller); // whoever was not heard of for longest is the first to be forgotten
    buckets.set(caller, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: time });
    if (buckets.size > MAX_BUCKETS) buckets.delete(buckets.keys().next().value as string);
    if (tokens >= 1) return;
    const seconds = Math.ceil(((1 - tokens) / perMinute) * 60);
    throw new HttpProblem({
      status: 429,
      code: 'RATE_LIMITED',
      message: `${perMinute} requests a minute are allowed; try again in ${seconds} s`,
      headers: { 'Retry-After': String(seconds) },
    });
  };
}
