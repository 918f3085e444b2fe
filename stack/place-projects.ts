import { InvalidInputError } from '../core/errors.js';
import type { ModelProject, ProjectPorts } from '../core/project.js';
import { configureProject } from '../projects/configure-project.js';
import { freeGroup } from '../projects/free-ports.js';
import type { ProjectFailure } from '../projects/project-failure.js';
import type { ProjectRegistry } from '../projects/project-registry.js';
import { readPort, type StackSettings } from './settings.js';

/** A project with the ports of its own services and the variables that move them. */
export interface PlacedProject {
  readonly project: ModelProject;
  readonly ports: ProjectPorts;
  readonly variables: Readonly<Record<keyof ProjectPorts, string>>;
}

export interface PlacedSettings extends StackSettings {
  /** In the order of PROJECTS; the first has the plain names of parts and variables. */
  readonly projects: readonly PlacedProject[];
  /** Projects that are left out. */
  readonly failures: readonly ProjectFailure[];
}

const plainVariables = {
  router: 'ROUTER_PORT',
  production: 'INFER_PROD_PORT',
  candidate: 'INFER_CAND_PORT',
} as const satisfies Record<keyof ProjectPorts, string>;
const roles = ['router', 'production', 'candidate'] as const;

/** `IRIS_ROUTER_PORT`, …: the first project also listens to the plain names. */
function variablesOf(name: string): Record<keyof ProjectPorts, string> {
  const own = (role: keyof ProjectPorts) => `${name.toUpperCase().replaceAll('-', '_')}_${plainVariables[role]}`;
  return { router: own('router'), production: own('production'), candidate: own('candidate') };
}

/**
 * Says which projects run and where each one's services listen.
 *
 * @throws {InvalidInputError} when two services would share a port or two projects a prefix, when a project's own
 *   variables are wrong, or when none is left to run
 * @throws {NotFoundError} for a project that there is no folder of
 */
export function placeProjects(settings: StackSettings, registry: ProjectRegistry, offset: number): PlacedSettings {
  const { projects: selected, failures } = registry.select(settings.config.PROJECTS);
  const taken: Pick<ModelProject, 'ports'>[] = [...selected];
  const projects = selected.map((selectedProject, i): PlacedProject => {
    const project = configureProject(selectedProject, settings.config, settings.env);
    const usual = project.ports ?? freeGroup(taken);
    taken.push({ ports: usual });
    const own = variablesOf(project.name);
    const variables = { ...own };
    const ports = { ...usual };
    for (const role of roles) {
      if (i === 0 && !settings.env[own[role]]) variables[role] = plainVariables[role];
      ports[role] = readPort(settings.env, variables[role], usual[role], offset);
    }
    return { project, ports, variables };
  });
  const first = projects[0]!.ports;
  const ports = {
    ...settings.ports,
    ROUTER_PORT: first.router,
    INFER_PROD_PORT: first.production,
    INFER_CAND_PORT: first.candidate,
  };
  requireOwnPorts(ports, projects);
  return { ...settings, ports, projects, failures };
}

function requireOwnPorts(ports: StackSettings['ports'], projects: readonly PlacedProject[]): void {
  const owners = new Map<number, string>();
  const claims = [
    ...Object.entries(ports).map(([name, port]) => ({ port, claim: name })),
    ...projects
      .slice(1)
      .flatMap(({ project, ports: own, variables }) =>
        roles.map((role) => ({ port: own[role], claim: `${variables[role]} (project ${project.name})` })),
      ),
  ];
  for (const { port, claim } of claims) {
    const owner = owners.get(port);
    if (owner) throw new InvalidInputError(`${owner} and ${claim} are both ${port}: each part needs a port of its own`);
    owners.set(port, claim);
  }
}
