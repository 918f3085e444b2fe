import { controlPath } from '../../api/control.js';
import type { RunView } from '../../api/training.js';
import type { Topic } from '../live/live-events.js';
import { ModelMetrics } from '../parts/model-metrics.js';
import { Moment } from '../parts/moment.js';
import { PagedTable } from '../parts/paged-table.js';
import { StateBadge } from '../parts/state-badge.js';
import { usePages } from '../parts/use-pages.js';

const topics: readonly Topic[] = ['runs'];

/** Earlier trainings and trials. */
export function RunTable({ project }: { project: string }) {
  const pages = usePages<RunView>(controlPath('training/runs', { project, limit: 20 }), 0, topics);
  return (
    <PagedTable
      what="Runs"
      pages={pages}
      rowKey={({ id }) => id}
      empty="Nothing has been trained yet."
      columns={[
        { name: 'Run', cell: ({ id }) => <code>{id}</code> },
        { name: 'Kind', cell: ({ kind }) => kind },
        { name: 'State', cell: ({ status }) => <StateBadge state={status} /> },
        { name: 'Measures', cell: ({ metrics }) => <ModelMetrics metrics={metrics} /> },
        { name: 'Started', cell: ({ created_at }) => <Moment at={created_at} dated /> },
        { name: 'Error', cell: ({ error }) => error ?? '–' },
      ]}
    />
  );
}
