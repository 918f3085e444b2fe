import pg from 'pg';
import { DatasetInvalidError } from '../../core/errors.js';

/** A query for training data may be slow; one that hangs must not hold a training up for ever. */
const STATEMENT_TIMEOUT = '10min';

const quote = (cell: string | null) => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`);

/** Every value as Postgres writes it: numbers keep their digits, dates their form. */
const asText = { getTypeParser: () => (text: string) => text };

/** What the query itself does wrong (syntax, names, rights, data, a write): trying again would not help. */
const isFaultOfQuery = (code: unknown) => /^(22|25|42)|57014/.test(String(code));

/**
 * The rows of a query as CSV text with a header; NULL becomes an empty cell. The query runs in a transaction that can
 * only read.
 *
 * @throws {DatasetInvalidError} when Postgres refuses the query, it takes too long, or two columns have one name
 */
export async function queryCsv(connectionString: string, query: string): Promise<string> {
  const client = new pg.Client({ connectionString, application_name: 'incumbent-dataset' });
  client.on('error', () => undefined); // a connection that breaks between queries is told by the next one
  await client.connect();
  try {
    await client.query('begin transaction read only');
    await client.query(`set local statement_timeout = '${STATEMENT_TIMEOUT}'`);
    // the extended protocol takes one statement: nothing gets to end the transaction and go on
    const asked = { text: query, rowMode: 'array', types: asText, queryMode: 'extended' } as const;
    const { fields, rows } = await client.query<(string | null)[]>(asked);
    const lines = [fields.map(({ name }) => quote(name)), ...rows.map((row) => row.map(quote))];
    return `${lines.map((cells) => cells.join(',')).join('\n')}\n`;
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    if (!isFaultOfQuery(code)) throw error;
    throw new DatasetInvalidError(`the query for the training data is refused: ${message}`, { cause: error });
  } finally {
    await client.end();
  }
}
