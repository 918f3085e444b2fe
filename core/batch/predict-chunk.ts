import { csvRows } from './csv-rows.js';
import { jsonLineRows } from './json-line-rows.js';
import type { Chunk, ChunkPlan } from './plan-chunks.js';
import { type BatchModel, BLOCK_ROWS, createBlockPredictor } from './predict-rows.js';
import type { RowChecker } from './row-checker.js';
import type { ReadRow, RowSource } from './row-source.js';
import { createSplitWriter } from './split-writer.js';

const SLICE_CHARACTERS = 64 * 1024;
const encoder = new TextEncoder();

export interface ChunkAnswer {
  readonly rows: number;
  readonly refused: number;
  /** Lines of the result file, without its head, in UTF-8. */
  readonly results: Uint8Array;
  /** Lines of the file of refused rows, without its head. */
  readonly errors: string;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Reads the rows of one chunk, which begins after the header. */
export function chunkRows(plan: Pick<ChunkPlan, 'format' | 'header'>, checker: RowChecker): RowSource {
  if (plan.format === 'ndjson') return jsonLineRows(checker.columns);
  const source = csvRows(checker.columns, checker.needed);
  source.push(`${plan.header}\n`);
  return source;
}

/**
 * Predicts one chunk of a table.
 *
 * @param text the chunk, whole rows
 * @param turn called between slices of rows: gives way to other work, and may throw to stop
 */
export async function predictChunk(
  model: BatchModel,
  checker: RowChecker,
  plan: Pick<ChunkPlan, 'format' | 'header'>,
  chunk: Pick<Chunk, 'firstRow'>,
  text: string,
  turn: (rowsDone: number) => Promise<void>,
): Promise<ChunkAnswer> {
  const writer = createSplitWriter(plan.format);
  const predictBlock = createBlockPredictor(model, checker, writer);
  const source = chunkRows(plan, checker);
  let rows = 0;
  let refused = 0;
  const results: Uint8Array[] = [];

  async function take(given: readonly ReadRow[]): Promise<void> {
    for (let from = 0; from < given.length; from += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, given.length - from);
      const block = predictBlock(given, from, count, chunk.firstRow + rows);
      rows += count;
      refused += block.refused;
      // as bytes at once: a text that grows row by row is millions of objects, copied by each collection until the end
      results.push(encoder.encode(block.text));
    }
    await turn(rows);
  }

  // a slice at a time: its rows are gone before the next ones are made
  for (let at = 0; at < text.length; at += SLICE_CHARACTERS)
    await take(source.push(text.slice(at, at + SLICE_CHARACTERS)));
  await take(source.end());
  return { rows, refused, results: joined(results), errors: writer.errors() };
}
