import { controlPath } from '../../api/control.js';
import type { RunView } from '../../api/training.js';
import { formatNumber } from '../../shared/format.js';
import type { Topic } from '../live/live-events.js';
import { Moment } from '../parts/moment.js';
import { PagedTable } from '../parts/paged-table.js';
import { StateBadge } from '../parts/state-badge.js';
import { usePages } from '../parts/use-pages.js';

const topics: readonly Topic[] = ['runs'];

const words = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .filter(([name]) => name !== 'trial')
    .map(([name, value]) => `${name} ${typeof value === 'number' ? formatNumber(value) : String(value)}`)
    .join(', ');

/** What the search for hyperparameters tried. */
export function TrialTable({ project }: { project: string }) {
  const pages = usePages<RunView>(controlPath('training/runs', { project, kind: 'trial', limit: 50 }), 0, topics);
  return (
    <PagedTable
      what="Trials"
      pages={pages}
      rowKey={({ id }) => id}
      empty="No search has tried anything yet: a training with a search tries sets of hyperparameters and keeps the best."
      columns={[
        { name: 'Trial', cell: ({ parameters, id }) => String(parameters?.trial ?? id) },
        { name: 'State', cell: ({ status }) => <StateBadge state={status} /> },
        { name: 'Tried', wide: true, cell: ({ parameters }) => words(parameters ?? {}) },
        { name: 'Measured', wide: true, cell: ({ metrics }) => words(metrics) || '–' },
        { name: 'Started', cell: ({ created_at: at }) => <Moment at={at} dated /> },
      ]}
    />
  );
}
