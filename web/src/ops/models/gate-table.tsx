import type { GateView } from '../../api/models.js';
import { formatNumber } from '../../shared/format.js';
import { DataTable } from '../parts/data-table.js';
import { StateBadge } from '../parts/state-badge.js';
import { Empty } from '../parts/states.js';

/** What a version had to reach before it could serve. */
export function GateTable({ gates }: { gates: readonly GateView[] | null | undefined }) {
  if (gates === null || gates === undefined || gates.length === 0) {
    return <Empty>No gates were written down with this version.</Empty>;
  }
  return (
    <DataTable
      caption="Gates"
      rows={gates}
      rowKey={({ gate }) => gate}
      columns={[
        { name: 'Gate', cell: ({ gate }) => gate.replaceAll(/[._]/g, ' ') },
        { name: 'Outcome', cell: ({ passed }) => <StateBadge state={passed ? 'passed' : 'failed'} /> },
        { name: 'Value', numeric: true, cell: ({ value }) => (value === null ? '–' : formatNumber(value)) },
        { name: 'Line', numeric: true, cell: ({ limit }) => formatNumber(limit) },
        { name: 'Why', wide: true, cell: ({ reason }) => reason },
      ]}
    />
  );
}
