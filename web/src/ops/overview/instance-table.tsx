import type { InstanceView } from '../../api/control.js';
import { DataTable } from '../parts/data-table.js';
import { StateBadge } from '../parts/state-badge.js';
import { Empty } from '../parts/states.js';

/** The processes that serve and route, with their health. */
export function InstanceTable({ instances }: { instances: readonly InstanceView[] }) {
  if (instances.length === 0) return <Empty>No serving process has been heard of.</Empty>;
  return (
    <DataTable
      caption="Parts"
      rows={instances}
      rowKey={({ id }) => id}
      columns={[
        { name: 'Part', cell: ({ role }) => role },
        { name: 'Health', cell: ({ healthy }) => <StateBadge state={healthy ? 'healthy' : 'away'} /> },
        { name: 'Serves', cell: ({ version }) => version ?? '–' },
        { name: 'Address', cell: ({ address }) => <code>{address}</code> },
        { name: 'Error', cell: ({ error }) => error ?? '–' },
      ]}
    />
  );
}
