import type { DriftIndicator } from '../../api/drift.js';
import { formatNumber } from '../../shared/format.js';
import { DataTable } from '../parts/data-table.js';
import { StateBadge } from '../parts/state-badge.js';
import { Empty } from '../parts/states.js';

/** The mean of each feature against the training data, in percent of the latter. */
export function IndicatorTable({ indicators }: { indicators: Readonly<Record<string, DriftIndicator>> }) {
  const rows = Object.entries(indicators);
  if (rows.length === 0) return <Empty>No means to compare in this window.</Empty>;
  return (
    <DataTable
      caption="Means"
      rows={rows}
      rowKey={([name]) => name}
      columns={[
        { name: 'Feature', cell: ([name]) => name.replaceAll('_', ' ') },
        {
          name: 'Moved by',
          numeric: true,
          cell: ([, { drift_percentage: percent }]) => (percent === null ? '–' : `${formatNumber(percent)} %`),
        },
        {
          name: 'Reading',
          cell: ([, { significant_drift: drifted }]) => <StateBadge state={drifted ? 'drift' : 'no drift'} />,
        },
      ]}
    />
  );
}
