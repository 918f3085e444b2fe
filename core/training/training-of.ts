import type { ModelProject } from '../project.js';

/** The project as a version of this kind is trained: candidates may have settings of their own. */
export function trainingOf(project: ModelProject, version: string): ModelProject {
  const { candidate, ...training } = project.training;
  if (!candidate || !version.startsWith('CO')) return project;
  return { ...project, training: { ...training, ...candidate } };
}
