import type { PlacedProject } from './place-projects.js';

/** What the parts of a project are called; those of the first project have the plain names. */
export function partNames({ project }: PlacedProject, isFirst: boolean) {
  const named = (part: string) => (isFirst ? part : `${project.name}-${part}`);
  return { router: named('router'), production: named('infer-prod'), candidate: named('infer-cand') };
}
