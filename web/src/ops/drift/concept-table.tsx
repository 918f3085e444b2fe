import type { ConceptRow } from '../../api/drift.js';
import { formatCount, formatShare } from '../../shared/format.js';
import { DataTable } from '../parts/data-table.js';
import { StateBadge } from '../parts/state-badge.js';
import { Empty } from '../parts/states.js';

const names = {
  relative_error: 'Error, share of the price',
  wrong_answers: 'Wrong answers',
  rating: 'Mean rating',
} as const;

function written({ name }: ConceptRow, value: number | null): string {
  if (value === null) return '–';
  return name === 'rating' ? `${value.toFixed(2)} of 5` : formatShare(value);
}

/** What feedback says about the model, now and before. */
export function ConceptTable({ rows }: { rows: readonly ConceptRow[] }) {
  if (rows.length === 0) return <Empty>No feedback to compare in this window.</Empty>;
  return (
    <DataTable
      caption="Is the model still right?"
      rows={rows}
      rowKey={({ name }) => name}
      columns={[
        { name: 'Measure', cell: ({ name }) => names[name] ?? name },
        { name: 'Verdict', cell: ({ status }) => <StateBadge state={status} /> },
        { name: 'Before', numeric: true, cell: (row) => written(row, row.reference_mean) },
        { name: 'Now', numeric: true, cell: (row) => written(row, row.current_mean) },
        { name: 'From', numeric: true, cell: ({ current_rows: count }) => formatCount(count) },
      ]}
    />
  );
}
