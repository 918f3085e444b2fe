import { BlockList, isIP } from 'node:net';

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** @param networks addresses or CIDR ranges */
export function createNetworks(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address, prefix] = network.split('/') as [string, string | undefined];
    if (prefix === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(prefix), family(address));
  }
  return (address) => isIP(address) !== 0 && list.check(address, family(address));
}

/** An IPv4 client of an IPv6 socket is shown as the IPv4 address it has. */
function plain(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}

/**
 * Who the client really is: the connection's address, or the last address in X-Forwarded-For that no trusted proxy
 * added.
 */
export function clientAddress(
  remote: string | undefined,
  forwardedFor: string | undefined,
  isTrusted: (address: string) => boolean,
): string {
  let client = plain(remote ?? '');
  const hops = forwardedFor?.split(',').map((hop) => hop.trim()) ?? [];
  while (hops.length > 0 && isTrusted(client)) {
    const hop = plain(hops.pop()!);
    if (isIP(hop) === 0) break;
    client = hop;
  }
  return client;
}
