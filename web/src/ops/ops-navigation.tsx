import { Link } from '../shared/link.js';
import { ThemeToggle } from '../shared/theme-toggle.js';
import { useProject } from './parts/use-project.js';
import { SessionBox } from './session-box.js';

const sections = [
  ['/ops', 'Overview'],
  ['/ops/experiment', 'Experiment'],
  ['/ops/decisions', 'Decisions'],
  ['/ops/traffic', 'Traffic'],
  ['/ops/models', 'Models'],
  ['/ops/training', 'Training'],
  ['/ops/drift', 'Drift'],
  ['/ops/schedules', 'Schedules'],
  ['/ops/audit', 'Audit'],
  ['/ops/settings', 'Settings'],
] as const;

/** The pages of operations: a column beside the page, a row above it on a phone. */
export function OpsNavigation({ path }: { path: string }) {
  const { project, href } = useProject();
  return (
    <header className="ops-bar">
      <div className="ops-bar-inner">
        <p className="ops-brand">
          <Link href={href('/ops')}>Incumbent</Link>
          <span className="hint">{project}</span>
        </p>
        <nav aria-label="Operations">
          <ul>
            {sections.map(([to, name]) => {
              const here = to === '/ops' ? path === to : path === to || path.startsWith(`${to}/`);
              return (
                <li key={to}>
                  <Link href={href(to)} aria-current={here ? 'page' : undefined}>
                    {name}
                  </Link>
                </li>
              );
            })}
          </ul>
        </nav>
        <div className="ops-tools">
          <SessionBox />
          <Link href="/">Price page</Link>
          <ThemeToggle />
        </div>
      </div>
    </header>
  );
}
