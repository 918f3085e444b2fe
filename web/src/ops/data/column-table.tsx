import type { CategoryColumn, DatasetProfile, NumericColumn } from '../../api/datasets.js';
import { formatCount, formatNumber } from '../../shared/format.js';
import { DataTable } from '../parts/data-table.js';

type Column = readonly [name: string, column: NumericColumn | CategoryColumn];

const MOST_NAMED = 4;

function contents(column: NumericColumn | CategoryColumn): string {
  if (column.kind === 'category') {
    const named = column.top.slice(0, MOST_NAMED).map(([name, count]) => `${name} (${formatCount(count)})`);
    return `${formatCount(column.distinct)} different: ${named.join(', ')}${column.distinct > MOST_NAMED ? ', …' : ''}`;
  }
  const { min, max, mean, std, deciles } = column;
  const median = deciles[5];
  const parts = [`${formatNumber(min)} to ${formatNumber(max)}`, `mean ${formatNumber(mean)} ± ${formatNumber(std)}`];
  return [...parts, ...(median === undefined ? [] : [`median ${formatNumber(median)}`])].join(', ');
}

/** What is in each column. */
export function ColumnTable({ profile }: { profile: DatasetProfile }) {
  return (
    <DataTable<Column>
      caption="Columns"
      rows={Object.entries(profile.columns)}
      rowKey={([name]) => name}
      columns={[
        { name: 'Column', cell: ([name]) => name.replaceAll('_', ' ') },
        { name: 'Kind', cell: ([, { kind }]) => kind },
        { name: 'Missing', numeric: true, cell: ([, { missing }]) => formatCount(missing) },
        { name: 'Holds', wide: true, cell: ([, column]) => contents(column) },
      ]}
    />
  );
}
