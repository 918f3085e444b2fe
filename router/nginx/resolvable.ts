import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

/**
 * The addresses whose host has an IP now. nginx refuses a whole configuration for one name it cannot resolve, and a
 * candidate that is not up yet must not stand in the way of production.
 *
 * @param addresses host:port
 */
export async function resolvable(addresses: readonly string[]): Promise<string[]> {
  const known = await Promise.all(
    addresses.map(async (address) => {
      const host = address.slice(0, address.lastIndexOf(':')).replace(/^\[|\]$/g, '');
      if (isIP(host) !== 0) return true;
      return lookup(host).then(
        () => true,
        () => false,
      );
    }),
  );
  return addresses.filter((_, i) => known[i]);
}
