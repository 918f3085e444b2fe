import { InvalidInputError } from '../errors.js';
import { MAX_ROW_CHARACTERS } from './row-source.js';

/** Tables that can be cut into pieces without reading them from the start. */
export type TableFormat = 'csv' | 'ndjson';

/** A piece of a table: whole rows, in bytes of the file. */
export interface Chunk {
  /** First byte. */
  readonly start: number;
  /** The byte after the last. */
  readonly end: number;
  /** Number of its first row, from 1. */
  readonly firstRow: number;
  readonly rows: number;
}

export interface ChunkPlan {
  readonly format: TableFormat;
  /** The line that names the columns, without its end; null where the format has none. */
  readonly header: string | null;
  readonly rows: number;
  readonly chunks: readonly Chunk[];
}

const TAB = 9;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const MIN_CHUNK_BYTES = 2 * 1024 * 1024;
const MAX_CHUNKS = 1000;

/** Large enough that a chunk is more than its overhead, and that a table has no more chunks than a history should. */
export function chunkBytes(tableBytes: number): number {
  return Math.max(MIN_CHUNK_BYTES, Math.ceil(tableBytes / MAX_CHUNKS));
}

/** Where a byte comes next, or the length. Searched by the engine, which is several times faster than a loop of ours. */
function positionOf(byte: number, bytes: Uint8Array, from: number): number {
  const found = bytes.indexOf(byte, from);
  return found < 0 ? bytes.length : found;
}

/** Whether there is nothing but white space; mostly the first byte tells. */
function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (byte !== SPACE && (byte < TAB || byte > CARRIAGE_RETURN)) return false;
  }
  return true;
}

/**
 * Finds where a table can be cut: at ends of rows that are not within quotes. Lines of nothing but white space are no rows.
 * Give it the file in order, in pieces of any length.
 */
export function createChunkPlanner(format: TableFormat, bytesPerChunk: number) {
  const chunks: Chunk[] = [];
  const quotes = format === 'csv';
  let headerBytes: number[] | null = quotes ? [] : null;
  let header: string | null = null;
  let offset = 0; // of the next byte in the file
  let start = 0; // of the chunk
  let rowStart = 0;
  let rows = 0;
  let chunkRows = 0;
  let inQuotes = false;
  let blank = true;

  function cut(end: number): void {
    if (chunkRows > 0) chunks.push({ start, end, firstRow: rows - chunkRows + 1, rows: chunkRows });
    start = end;
    chunkRows = 0;
  }

  /** @param end the byte after the row */
  function endRow(end: number): void {
    if (!blank && headerBytes) {
      header = new TextDecoder().decode(Uint8Array.from(headerBytes)).trim();
      headerBytes = null;
      start = end;
    } else if (!blank) {
      rows++;
      chunkRows++;
    }
    blank = true;
    rowStart = end;
    if (end - start >= bytesPerChunk) cut(end);
  }

  return {
    /** @throws {InvalidInputError} when a row does not end */
    push(bytes: Uint8Array): void {
      let quote = -1;
      let newline = -1;
      for (let i = 0; i < bytes.length; ) {
        if (quote < i) quote = quotes ? positionOf(QUOTE, bytes, i) : bytes.length;
        if (newline < i) newline = positionOf(NEWLINE, bytes, i);
        const stop = inQuotes ? quote : Math.min(newline, quote);
        if (headerBytes) for (let k = i; k <= stop && k < bytes.length; k++) headerBytes.push(bytes[k]!);
        blank &&= isBlank(bytes, i, stop);
        if (stop === bytes.length) break;
        if (stop === quote) {
          inQuotes = !inQuotes;
          blank = false;
        } else {
          endRow(offset + stop + 1);
        }
        i = stop + 1;
      }
      offset += bytes.length;
      if (offset - rowStart > MAX_ROW_CHARACTERS) {
        const why = inQuotes ? ': a quote is never closed' : '';
        throw new InvalidInputError(`row ${rows + 1} has more than ${MAX_ROW_CHARACTERS} bytes${why}`);
      }
    },

    /** @throws {InvalidInputError} when there are no rows */
    end(): ChunkPlan {
      endRow(offset);
      cut(offset);
      if (rows === 0) throw new InvalidInputError('there are no rows');
      return { format, header, rows, chunks };
    },
  };
}
