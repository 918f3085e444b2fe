import type { TableFormat } from './plan-chunks.js';
import type { RowAnswers } from './row-writer.js';

/** First lines of the two files of a job. */
export const resultHeads = {
  csv: { results: 'row,prediction\n', errors: 'row,error\n' },
  ndjson: { results: '', errors: '' },
} as const satisfies Record<TableFormat, { results: string; errors: string }>;

/** Writes answers as lines of one file, and keeps the refused rows for another. */
export function createSplitWriter(format: TableFormat): RowAnswers & { errors(): string } {
  let errors = '';
  const csv = format === 'csv';
  return {
    answered: (row, prediction) => (csv ? `${row},${prediction}\n` : `{"row":${row},"prediction":${prediction}}\n`),
    refused(row, reason) {
      errors += csv
        ? `${row},"${reason.replaceAll('"', '""')}"\n`
        : `{"row":${row},"error":${JSON.stringify(reason)}}\n`;
      return '';
    },
    errors: () => errors,
  };
}
