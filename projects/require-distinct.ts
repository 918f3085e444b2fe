import { InvalidInputError } from '../core/errors.js';
import type { ModelProject } from '../core/project.js';

type Claim = readonly [what: string, value: string];

/** What a project must have for itself among those that run together. */
function claims({ prefix, ports }: ModelProject): Claim[] {
  const named = ports ? [ports.router, ports.production, ports.candidate] : [];
  return [['prefix', `'${prefix}'`], ...named.map((port): Claim => ['port', String(port)])];
}

/**
 * Makes sure that no two projects write to one place in S3 or listen on one port.
 *
 * @throws {InvalidInputError} naming both projects and what they share
 */
export function requireDistinct(projects: readonly ModelProject[]): void {
  const owners = new Map<string, string>();
  for (const project of projects) {
    for (const [what, value] of claims(project)) {
      const claim = `${what} ${value}`;
      const owner = owners.get(claim);
      if (owner !== undefined) {
        throw new InvalidInputError(
          `projects '${owner}' and '${project.name}' share the ${claim}: give one of them its own in projects/${project.name}/`,
        );
      }
      owners.set(claim, project.name);
    }
  }
}
