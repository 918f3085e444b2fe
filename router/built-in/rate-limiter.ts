const MOST_CLIENTS = 100_000;

/**
 * Leaky bucket per client, as nginx's `limit_req … nodelay`: a client may be `burst` requests ahead of the rate.
 *
 * @param now monotonic milliseconds
 * @returns whether this request of the client is allowed
 */
export function createRateLimiter(
  { requestsPerSecond, burst }: { readonly requestsPerSecond: number; readonly burst: number },
  now: () => number = () => performance.now(),
): (client: string) => boolean {
  const buckets = new Map<string, { excess: number; at: number }>();
  return (client) => {
    const time = now();
    const bucket = buckets.get(client);
    const excess = bucket ? Math.max(0, bucket.excess - ((time - bucket.at) / 1_000) * requestsPerSecond + 1) : 0;
    if (excess > burst) return false;
    // set again so that the map's order is the order of last use, and the longest silent client is forgotten first
    buckets.delete(client);
    buckets.set(client, { excess, at: time });
    if (buckets.size > MOST_CLIENTS) buckets.delete(buckets.keys().next().value!);
    return true;
  };
}
