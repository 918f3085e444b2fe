import { homePrices } from './home-prices/project.js';
import { createProjectRegistry } from './project-registry.js';

/** Every model project of this installation. A project of your own is one folder and one entry here. */
export const projects = createProjectRegistry([homePrices]);
