import type { DatasetProfile } from '../../api/datasets.js';
import { formatCount } from '../../shared/format.js';
import { DataTable } from '../parts/data-table.js';

/** What each cleaning rule did, from the raw rows to the rows that are left. */
export function CleaningReport({ profile }: { profile: DatasetProfile }) {
  const { rawRows, feedbackRows, rows, cleaning, ignoredColumns } = profile;
  return (
    <>
      <p>
        {formatCount(rawRows)} raw rows{feedbackRows > 0 && ` and ${formatCount(feedbackRows)} reported prices`} became{' '}
        <strong>{formatCount(rows)}</strong>.{ignoredColumns.length > 0 && ` Not read: ${ignoredColumns.join(', ')}.`}
      </p>
      <DataTable
        caption="Cleaning"
        rows={cleaning}
        rowKey={({ rule }) => rule}
        columns={[
          { name: 'Rule', cell: ({ rule }) => rule.replaceAll('_', ' ') },
          { name: 'Removed', numeric: true, cell: ({ removed }) => formatCount(removed) },
          { name: 'Changed', numeric: true, cell: ({ changed }) => formatCount(changed) },
          { name: 'Why', wide: true, cell: ({ reason }) => reason },
        ]}
      />
    </>
  );
}
