import { discoverProjects } from './discover-projects.js';
import { createProjectRegistry } from './project-registry.js';

const { projects: found, failures } = await discoverProjects(new URL('../projects/', import.meta.url));

/** Every model project of this installation: each folder here with a project.ts. */
export const projects = createProjectRegistry(found, failures);
