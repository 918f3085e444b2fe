import type { ReactNode } from 'react';
import { DataTable } from '../parts/data-table.js';

interface PairTableProps<T> {
  readonly caption: string;
  readonly names: readonly [a: string, b: string];
  readonly pairs: Readonly<Record<string, { readonly a: T | null; readonly b: T | null }>>;
  readonly label?: (name: string) => string;
  readonly write: (value: T, name: string) => ReactNode;
}

/** Values of two versions side by side; the rows that differ say so. */
export function PairTable<T>({ caption, names: [a, b], pairs, label, write }: PairTableProps<T>) {
  const cell = (name: string, value: T | null) => (value === null ? '–' : write(value, name));
  return (
    <DataTable
      caption={caption}
      rows={Object.entries(pairs)}
      rowKey={([name]) => name}
      columns={[
        { name: 'Name', cell: ([name]) => label?.(name) ?? name.replaceAll('_', ' ') },
        { name: a, numeric: true, cell: ([name, pair]) => cell(name, pair.a) },
        { name: b, numeric: true, cell: ([name, pair]) => cell(name, pair.b) },
        {
          name: 'Differs',
          cell: ([, pair]) => (JSON.stringify(pair.a) === JSON.stringify(pair.b) ? '' : 'yes'),
        },
      ]}
    />
  );
}
