/** The answer of each row as text. Rows are numbered from 1. */
export interface RowAnswers {
  answered(row: number, prediction: number): string;
  refused(row: number, reason: string): string;
}

/** Writes the answers of a batch as one document. */
export interface RowWriter extends RowAnswers {
  readonly contentType: string;
  readonly head: string;
  tail(rows: number, refused: number): string;
}

export type BatchFormat = 'csv' | 'ndjson' | 'json';

export interface BatchFacts {
  readonly batchId: number;
  readonly modelVersion: string;
  readonly variant: string;
  readonly unit: string;
}

const csv: RowWriter = {
  contentType: 'text/csv; charset=utf-8',
  head: 'row,prediction,error\n',
  answered: (row, prediction) => `${row},${prediction},\n`,
  refused: (row, reason) => `${row},,"${reason.replaceAll('"', '""')}"\n`,
  tail: () => '',
};

const ndjson: RowWriter = {
  contentType: 'application/x-ndjson',
  head: '',
  answered: (row, prediction) => `{"row":${row},"prediction":${prediction}}\n`,
  refused: (row, reason) => `{"row":${row},"error":${JSON.stringify(reason)}}\n`,
  tail: () => '',
};

function json({ batchId, modelVersion, variant, unit }: BatchFacts): RowWriter {
  const facts = JSON.stringify({ batch_id: batchId, model_version: modelVersion, variant, unit }).slice(0, -1);
  const comma = (row: number) => (row === 1 ? '' : ',');
  return {
    contentType: 'application/json',
    head: `${facts},"predictions":[`,
    answered: (row, prediction) => `${comma(row)}{"row":${row},"prediction":${prediction}}`,
    refused: (row, reason) => `${comma(row)}{"row":${row},"error":${JSON.stringify(reason)}}`,
    tail: (rows, refused) => `],"rows":${rows},"refused_rows":${refused}}`,
  };
}

export function createRowWriter(format: BatchFormat, facts: BatchFacts): RowWriter {
  if (format === 'json') return json(facts);
  return format === 'csv' ? csv : ndjson;
}
