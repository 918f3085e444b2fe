import type { QualityRow } from '../../api/drift.js';
import { formatShare } from '../../shared/format.js';
import { DataTable } from '../parts/data-table.js';
import { StateBadge } from '../parts/state-badge.js';
import { Empty } from '../parts/states.js';

/** Missing, unseen and out-of-range values by feature. */
export function QualityTable({ rows }: { rows: readonly QualityRow[] }) {
  if (rows.length === 0) return <Empty>Nothing was checked in this window.</Empty>;
  return (
    <DataTable
      caption="Data quality"
      rows={rows}
      rowKey={({ name, check }) => `${name} ${check}`}
      columns={[
        { name: 'Feature', cell: ({ name }) => name.replaceAll('_', ' ') },
        { name: 'Check', cell: ({ check }) => check.replaceAll('_', ' ') },
        { name: 'Verdict', cell: ({ status }) => <StateBadge state={status} /> },
        { name: 'In training', numeric: true, cell: ({ reference_share: share }) => formatShare(share) },
        { name: 'Now', numeric: true, cell: ({ current_share: share }) => formatShare(share) },
        { name: 'Examples', cell: ({ examples }) => (examples.length === 0 ? '–' : examples.join(', ')) },
      ]}
    />
  );
}
