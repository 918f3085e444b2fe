import type { DistributionRow } from '../../api/drift.js';
import { DataTable } from '../parts/data-table.js';
import { StateBadge } from '../parts/state-badge.js';
import { Empty } from '../parts/states.js';

const digits = (value: number | null, places: number) => (value === null ? '–' : value.toFixed(places));

/** A p-value too small to be told apart from nothing is written as a bound. */
function probability(value: number | null): string {
  if (value === null) return '–';
  return value < 0.001 ? '< 0.001' : value.toFixed(3);
}

/** Each feature's distribution, and the prediction's, against the training data. */
export function DistributionTable({ rows }: { rows: readonly DistributionRow[] }) {
  if (rows.length === 0)
    return <Empty>This report compares no distributions: too few predictions in its window.</Empty>;
  return (
    <DataTable
      caption="Distributions"
      rows={rows}
      rowKey={({ name }) => name}
      columns={[
        { name: 'Feature', cell: ({ name }) => name.replaceAll('_', ' ') },
        { name: 'Verdict', cell: ({ status }) => <StateBadge state={status} /> },
        { name: 'p', numeric: true, cell: ({ p_adjusted: p }) => probability(p) },
        {
          name: 'Effect (line)',
          numeric: true,
          cell: ({ effect_size: effect, effect_line: line }) => `${digits(effect, 3)} (${line})`,
        },
        { name: 'PSI beyond chance', numeric: true, cell: ({ psi_excess: psi }) => digits(psi, 3) },
        { name: 'Why', wide: true, cell: ({ reason }) => reason },
      ]}
    />
  );
}
