import type { Row } from '../../core/dataset/row.js';
import { fromSnapshotCsv } from '../../core/dataset/snapshot-csv.js';

/** Where training snapshots are. */
export interface DatasetReader {
  get(key: string): Promise<Uint8Array>;
}

const CHUNK_LINES = 500;
/** More are not needed to find some that are alike; they would only take memory. */
const MOST_ROWS = 50_000;

/** Whole rows of a snapshot, some hundred at a time: a line break inside quotes does not end a row. */
function* chunks(text: string): Generator<string> {
  let start = text.indexOf('\n') + 1;
  let at = start;
  let lines = 0;
  let quoted = false;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) quoted = !quoted;
    if (code !== 10 || quoted) continue;
    lines += 1;
    if (lines % CHUNK_LINES !== 0) continue;
    yield text.slice(start, at + 1);
    start = at + 1;
  }
  if (start < text.length) yield text.slice(start);
}

/**
 * The rows of a training snapshot, read in pieces between which requests are answered. Of a large one every k-th row.
 *
 * @param rowCount how many the snapshot has
 * @throws {DatasetInvalidError} when it is none
 */
export async function readTrainingRows(text: string, rowCount: number): Promise<Row[]> {
  const header = text.slice(0, text.indexOf('\n') + 1);
  const every = Math.max(1, Math.ceil(rowCount / MOST_ROWS));
  const kept: Row[] = [];
  let seen = 0;
  for (const chunk of chunks(text)) {
    for (const row of fromSnapshotCsv(header + chunk)) if (seen++ % every === 0) kept.push(row);
    await new Promise(setImmediate);
  }
  return kept;
}
