import { useEffect, useRef } from 'react';
import { Link } from '../shared/link.js';
import { ThemeToggle } from '../shared/theme-toggle.js';
import { useConnectionLost } from './live/live-events.js';
import { useProject } from './parts/use-project.js';
import { ProjectSwitch } from './project-switch.js';
import { SessionBox } from './session-box.js';

type Group = readonly [name: string, pages: readonly (readonly [path: string, name: string])[]];

const groups: readonly Group[] = [
  [
    'Now',
    [
      ['/ops', 'Overview'],
      ['/ops/experiment', 'Experiment'],
      ['/ops/decisions', 'Decisions'],
      ['/ops/approvals', 'Approvals'],
      ['/ops/ab-tests', 'A/B tests'],
    ],
  ],
  [
    'Answers',
    [
      ['/ops/traffic', 'Traffic'],
      ['/ops/predictions', 'Predictions'],
      ['/ops/feedback', 'Feedback'],
      ['/ops/batch', 'Batch jobs'],
    ],
  ],
  [
    'Models',
    [
      ['/ops/models', 'Models'],
      ['/ops/training', 'Training'],
      ['/ops/data', 'Data'],
      ['/ops/features', 'Features'],
    ],
  ],
  [
    'Watch',
    [
      ['/ops/drift', 'Drift'],
      ['/ops/alerts', 'Alerts'],
      ['/ops/schedules', 'Schedules'],
      ['/ops/audit', 'Audit'],
      ['/ops/settings', 'Settings'],
    ],
  ],
];

/** The pages of operations: a column beside the page, a row above it on a phone. */
export function OpsNavigation({ path }: { path: string }) {
  const { href } = useProject();
  const lost = useConnectionLost();
  const bar = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another current link
  useEffect(() => {
    // on a phone the row is wider than the screen
    bar.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  return (
    <header className="ops-bar">
      <div className="ops-bar-inner">
        <div className="ops-brand">
          <Link href={href('/ops')}>Incumbent</Link>
          <ProjectSwitch path={path} />
          <span role="status" className="problem">
            {lost && 'Connection lost, trying again …'}
          </span>
        </div>
        <nav ref={bar} aria-label="Operations">
          {groups.map(([group, pages]) => (
            <section key={group} aria-label={group}>
              <p aria-hidden="true">{group}</p>
              <ul>
                {pages.map(([to, name]) => {
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
            </section>
          ))}
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
