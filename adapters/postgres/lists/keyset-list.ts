import type { Pool } from 'pg';
import { InvalidInputError } from '../../../core/errors.js';

/** Which rows of a list, in which order, and how many. */
export interface ListQuery {
  readonly limit: number;
  /** What the page before handed over as `nextCursor`. */
  readonly cursor?: string | undefined;
  readonly order?: 'newest' | 'oldest';
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** By the names of the list's filters; undefined ones do not filter. */
  readonly filters?: Readonly<Record<string, string | number | boolean | undefined>>;
}

export interface Page<T> {
  readonly items: T[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

export interface KeysetList<Row, T> {
  readonly table: string;
  /** Orders the list; `from` and `to` apply to it. */
  readonly time: string;
  /** Makes the order total. */
  readonly key: { readonly column: string; readonly type: 'bigint' | 'integer' | 'text' };
  /** Filter name → column; text unless said otherwise. */
  readonly filters: Readonly<Record<string, string>>;
  readonly map: (row: Row) => T;
}

/** What a cursor may hold of a key, so that no text of a caller reaches a cast it does not fit. */
const KEY_FORMS = { bigint: /^\d{1,18}$/, integer: /^\d{1,9}$/, text: /^[\w.:-]{1,200}$/ } as const;

interface Position {
  readonly time: string;
  readonly key: string;
}

function encode(position: Position): string {
  return Buffer.from(JSON.stringify([position.time, position.key])).toString('base64url');
}

function decode(cursor: string): Position {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string')) {
      const [time, key] = value as [string, string];
      // what Postgres itself wrote: anything else never came from a page of ours
      if (/^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/.test(time)) {
        return { time, key };
      }
    }
  } catch {
    // told below, as every other cursor that is not ours
  }
  throw new InvalidInputError('cursor is not one that this API gave out: leave it away to start at the first page');
}

/**
 * One page of a table by its time and key. The time it takes does not depend on how far the page is from the start, and rows
 * that come in meanwhile shift nothing.
 *
 * @throws {InvalidInputError} for a cursor that was not given out by a page
 */
export async function listPage<Row extends object, T>(
  pool: Pool,
  { table, time, key, filters, map }: KeysetList<Row, T>,
  { limit, cursor, order = 'newest', from, to, filters: wanted = {} }: ListQuery,
): Promise<Page<T>> {
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const conditions: string[] = [];
  for (const [name, given] of Object.entries(wanted)) {
    if (given === undefined) continue;
    const column = filters[name];
    if (column === undefined) throw new InvalidInputError(`${table} cannot be filtered by ${name}`);
    conditions.push(`${column} = ${value(given)}`);
  }
  if (from) conditions.push(`${time} >= ${value(from)}`);
  if (to) conditions.push(`${time} < ${value(to)}`);
  if (cursor !== undefined) {
    const position = decode(cursor);
    if (!KEY_FORMS[key.type].test(position.key)) decode('');
    const sign = order === 'newest' ? '<' : '>';
    const place = `(${value(position.time)}::timestamptz, ${value(position.key)}::${key.type})`;
    conditions.push(`(${time}, ${key.column}) ${sign} ${place}`);
  }
  const direction = order === 'newest' ? 'desc' : 'asc';
  const { rows } = await pool.query<Row & { cursor_time: string; cursor_key: string }>(
    `select *, ${time}::text as cursor_time, ${key.column}::text as cursor_key from ${table}
     ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
     order by ${time} ${direction}, ${key.column} ${direction} limit ${value(limit + 1)}`,
    values,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(map),
    nextCursor: rows.length > limit && last ? encode({ time: last.cursor_time, key: last.cursor_key }) : null,
  };
}
