import { controlPath } from '../../api/control.js';
import type { DriftReportView } from '../../api/drift.js';
import { Link } from '../../shared/link.js';
import { DriftHistory } from '../drift/drift-history.js';
import { DriftReport } from '../drift/drift-report.js';
import type { Topic } from '../live/live-events.js';
import { Page } from '../parts/page.js';
import { Empty, Failure, Loading } from '../parts/states.js';
import { usePages } from '../parts/use-pages.js';
import { useProject } from '../parts/use-project.js';

const topics: readonly Topic[] = ['drift'];

/** Whether what the model is asked still looks like what it learned from. */
export function DriftPage() {
  const { project, href } = useProject();
  const pages = usePages<DriftReportView>(controlPath('monitoring/drift', { project, limit: 100 }), 0, topics);
  const { items, error, loading, reload } = pages;
  const [latest] = items;
  return (
    <Page title="Drift" lead="Once a day: do the questions still look like the data the model learned from?">
      {error !== null && <Failure what="The drift reports" error={error} onRetry={reload} />}
      {latest === undefined && loading && <Loading what="the drift reports" />}
      {latest === undefined && !loading && error === null && (
        <Empty>
          No report yet. The daily drift check makes the first; it can also be run from{' '}
          <Link href={href('/ops/schedules')}>Schedules</Link>.
        </Empty>
      )}
      {latest !== undefined && (
        <>
          <DriftReport report={latest} />
          <DriftHistory reports={items} />
        </>
      )}
    </Page>
  );
}
