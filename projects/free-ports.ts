import type { ProjectPorts } from '../core/project.js';

/** The first group of ports that none of these projects has: 7000, 6001, 6002, then 7001, 6011, 6012, and so on. */
export function freeGroup(projects: readonly { readonly ports?: ProjectPorts }[]): ProjectPorts {
  const taken = new Set(
    projects.flatMap(({ ports }) => (ports ? [ports.router, ports.production, ports.candidate] : [])),
  );
  for (let n = 0; ; n++) {
    const ports = { router: 7000 + n, production: 6001 + 10 * n, candidate: 6002 + 10 * n };
    if (![ports.router, ports.production, ports.candidate].some((port) => taken.has(port))) return ports;
  }
}
