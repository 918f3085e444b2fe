import type { ReactNode } from 'react';

export interface Column<T> {
  readonly name: string;
  readonly cell: (row: T) => ReactNode;
  readonly numeric?: boolean;
  /** Sentences: it keeps a width that can be read. */
  readonly wide?: boolean;
}

interface DataTableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string | number;
}

/** A table that scrolls sideways where it does not fit; the first column names the row. */
export function DataTable<T>({ caption, columns, rows, rowKey }: DataTableProps<T>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label={caption}>
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, numeric }) => (
              <th key={name} scope="col" data-numeric={numeric}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ name, cell, numeric, wide }, i) =>
                i === 0 ? (
                  <th key={name} scope="row" data-numeric={numeric}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={name} data-numeric={numeric} data-wide={wide}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
