import { controlPath } from '../../api/control.js';
import type { DeploymentView } from '../../api/performance.js';
import { formatTime } from '../../shared/format.js';
import type { Topic } from '../live/live-events.js';
import { PagedTable } from '../parts/paged-table.js';
import { TemporalLink } from '../parts/temporal-link.js';
import { usePages } from '../parts/use-pages.js';

const topics: readonly Topic[] = ['slots'];

/** Which version served when, newest first. */
export function DeploymentTable({ project }: { project: string }) {
  const pages = usePages<DeploymentView>(controlPath('deployments', { project, limit: 20 }), 0, topics);
  return (
    <PagedTable
      what="Deployments"
      pages={pages}
      rowKey={({ slot, generation }) => `${slot} ${generation}`}
      empty="Nothing has been deployed yet."
      columns={[
        { name: 'From', cell: ({ created_at }) => formatTime(created_at) },
        { name: 'Until', cell: ({ ended_at: ended }) => (ended === null ? 'now' : formatTime(ended)) },
        { name: 'Slot', cell: ({ slot }) => slot },
        { name: 'Version', cell: ({ version }) => version },
        { name: 'By', cell: ({ actor }) => actor },
        { name: 'Why', wide: true, cell: ({ reason }) => reason },
        {
          name: 'History',
          cell: ({ workflow_id: id }) => (id === null ? '–' : <TemporalLink kind="workflows" id={id} />),
        },
      ]}
    />
  );
}
