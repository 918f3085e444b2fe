import { type ReactNode, useRef } from 'react';
import { useWindow } from './use-window.js';

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

/** A longer table scrolls in a box of its own and draws what is in view. */
const WHOLE_ROWS = 100;

function Gap({ height, columns }: { height: number; columns: number }) {
  if (height === 0) return null;
  return (
    <tr className="table-gap">
      <td colSpan={columns} style={{ blockSize: height }} />
    </tr>
  );
}

/** A table; the first column names the row. Where it does not fit it scrolls sideways, or its rows become cards. */
export function DataTable<T>({ caption, columns, rows, rowKey }: DataTableProps<T>) {
  const box = useRef<HTMLElement>(null);
  const view = useWindow(box, rows.length, WHOLE_ROWS);
  const first = view?.first ?? 0;
  // on a phone the rows of a table that is too wide for it become cards
  const stacks = columns.length > 4 || columns.some(({ wide }) => wide);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section ref={box} className="table-scroll" data-windowed={view !== null} tabIndex={0} aria-label={caption}>
      <table aria-rowcount={rows.length + 1} data-stacks={stacks}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ name, numeric }) => (
              <th key={name} scope="col" data-numeric={numeric}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={view?.before ?? 0} columns={columns.length} />
          {rows.slice(first, view?.end).map((row, r) => (
            <tr key={rowKey(row)} data-row={first + r} aria-rowindex={first + r + 2}>
              {columns.map(({ name, cell, numeric, wide }, i) =>
                i === 0 ? (
                  <th key={name} scope="row" data-numeric={numeric}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={name} data-name={name} data-numeric={numeric} data-wide={wide}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
          <Gap height={view?.after ?? 0} columns={columns.length} />
        </tbody>
      </table>
    </section>
  );
}
