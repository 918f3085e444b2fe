import { useAddress } from '../../shared/navigation.js';

const STANDARD_PROJECT = 'home-prices';

/** The model project the pages show (`?project=`). */
export function useProject(): { project: string; href: (path: string) => string } {
  const { query } = useAddress();
  const project = query.get('project') ?? STANDARD_PROJECT;
  // links stay in the project
  const href = (path: string) =>
    project === STANDARD_PROJECT
      ? path
      : `${path}${path.includes('?') ? '&' : '?'}project=${encodeURIComponent(project)}`;
  return { project, href };
}
