import { useAppSettings } from '../shared/app-settings.js';
import { navigate } from '../shared/navigation.js';
import { useProject } from './parts/use-project.js';

/** Which model project the pages show; only its name where there is one alone. */
export function ProjectSwitch({ path }: { path: string }) {
  const { project } = useProject();
  const projects = useAppSettings().data?.projects ?? [];
  const known = projects.includes(project) ? projects : [project, ...projects];
  if (known.length < 2) return <span className="hint">{project}</span>;
  // what is open of one project is not in the other: its page of the same kind is
  const section = path.split('/').slice(0, 3).join('/');
  return (
    <select
      className="project-switch"
      aria-label="Project"
      value={project}
      onChange={(event) => navigate(`${section}?project=${encodeURIComponent(event.target.value)}`)}
    >
      {known.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
}
