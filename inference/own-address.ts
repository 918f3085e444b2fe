import { hostname, networkInterfaces } from 'node:os';

const everywhere = new Set(['0.0.0.0', '::', '']);

/**
 * Where others reach a service that listens on `host`: the host itself, or, when that means "all interfaces", this machine's
 * first address that is not its own loopback; its name when it has none.
 *
 * @returns host:port
 */
export function ownAddress(host: string, port: number, interfaces = networkInterfaces()): string {
  const bracketed = (address: string) => (address.includes(':') ? `[${address}]` : address);
  if (!everywhere.has(host)) return `${bracketed(host)}:${port}`;
  const addresses = Object.values(interfaces).flatMap((list) => list ?? []);
  const outside = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  return `${outside?.address ?? hostname()}:${port}`;
}
