import type { ReactNode } from 'react';
import { type Column, DataTable } from './data-table.js';
import { Empty, Failure, Loading } from './states.js';
import type { Pages } from './use-pages.js';

interface PagedTableProps<T> {
  readonly what: string;
  readonly pages: Pages<T>;
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string | number;
  readonly empty: ReactNode;
}

/** A list of the control API as a table, with its states and a button for more. */
export function PagedTable<T>({ what, pages, columns, rowKey, empty }: PagedTableProps<T>) {
  const { items, loading, error, more, reload } = pages;
  return (
    <>
      {error !== null && <Failure what={what} error={error} onRetry={reload} />}
      {items.length > 0 && <DataTable caption={what} columns={columns} rows={items} rowKey={rowKey} />}
      {items.length === 0 && loading && <Loading what={what.toLowerCase()} />}
      {items.length === 0 && !loading && error === null && <Empty>{empty}</Empty>}
      {more !== null && (
        <button type="button" onClick={more} disabled={loading}>
          {loading ? 'Loading …' : 'Show more'}
        </button>
      )}
    </>
  );
}
