import type { BinnedDataset } from './binned-dataset.js';
import type { GrowerRows } from './grower-rows.js';
import type { HistogramLayout } from './histogram-layout.js';
import { ROW_LOOPS_MODULE } from './row-loops-module.js';
import { startModule, wholeDoubles } from './web-assembly.js';

/**
 * Rows of a dataset copied to where WebAssembly sums them up. They are numbered anew: row i is the i-th of those asked
 * for. A second copy lies column after column: a partition reads one column only, and that stays in the cache.
 */
export interface RowStore extends GrowerRows {
  readonly count: number;
  /** What a row adds to each of its bins; shape (count, channels). */
  readonly addends: Float64Array;
  /** Bins of column c: `columns[c * count + i]`. */
  readonly columns: Uint8Array;
  /** Adds sign × the addends of order[start … end) to the bins of every feature of a histogram made here. */
  add(histogram: Float64Array, start: number, end: number, sign: number): void;
}

type AddRows = (
  rows: number,
  end: number,
  bins: number,
  stride: number,
  places: number,
  addends: number,
  sign: number,
) => void;

interface RowLoops {
  readonly addRows1: AddRows;
  readonly addRows2: AddRows;
  readonly partition: (
    rows: number,
    end: number,
    column: number,
    spare: number,
    splitBin: number,
    leftBin: number,
  ) => number;
}

/** Rows transposed at a time, so that they stay in the first-level cache. */
const BLOCK = 1024;

/**
 * @param rows which to copy, ascending
 * @param channels 1 or 2 numbers per bin
 * @param histograms how many can be made
 * @throws {InvalidInputError} when they take more memory than WebAssembly can address
 */
export function createRowStore(
  binned: BinnedDataset,
  layout: HistogramLayout,
  rows: Uint32Array,
  channels: number,
  histograms: number,
): RowStore {
  const { stride } = binned;
  const count = rows.length;
  const cellBytes = 8 * channels;
  const histogramBytes = layout.totalBins * cellBytes;
  // bytes that pad a row select bin 0 of a feature of their own, which nobody reads
  const places = { at: 0, bytes: wholeDoubles(4 * stride) };
  const padding = { at: places.at + places.bytes, bytes: cellBytes };
  const order = { at: padding.at + padding.bytes, bytes: wholeDoubles(4 * count) };
  const addends = { at: order.at + order.bytes, bytes: cellBytes * count };
  const bins = { at: addends.at + addends.bytes, bytes: wholeDoubles(stride * count) };
  const spare = { at: bins.at + bins.bytes, bytes: order.bytes };
  const byColumn = { at: spare.at + spare.bytes, bytes: wholeDoubles(binned.columns * count) };
  const firstHistogram = byColumn.at + byColumn.bytes;
  const { buffer, functions } = startModule<RowLoops>(ROW_LOOPS_MODULE, firstHistogram + histograms * histogramBytes);
  const addRows = channels === 1 ? functions.addRows1 : functions.addRows2;
  const placeOf = new Uint32Array(buffer, places.at, stride).fill(padding.at);
  const orderView = new Uint32Array(buffer, order.at, count);
  const columns = new Uint8Array(buffer, byColumn.at, binned.columns * count);
  copyRows(binned, rows, new Uint8Array(buffer, bins.at, stride * count), columns);

  let made = 0;
  return {
    count,
    order: orderView,
    addends: new Float64Array(buffer, addends.at, channels * count),
    columns,
    partition(start, end, feature, splitBin, missingBin, missingLeft) {
      const column = byColumn.at + feature * count;
      // a missing bin lies beyond every finite one, so it goes right by itself
      const leftBin = missingLeft === 0 ? 256 : missingBin;
      const left = functions.partition(order.at + 4 * start, order.at + 4 * end, column, spare.at, splitBin, leftBin);
      return ((left >>> 0) - order.at) / 4;
    },
    newHistogram() {
      if (made === histograms) throw new Error(`more than ${histograms} histograms are in use`);
      return new Float64Array(buffer, firstHistogram + made++ * histogramBytes, layout.totalBins * channels);
    },
    add({ byteOffset }, start, end, sign) {
      if (start === end) return;
      for (let f = 0; f < binned.columns; f++) placeOf[f] = byteOffset + layout.firstBin[f]! * cellBytes;
      addRows(order.at + 4 * start, order.at + 4 * end, bins.at, stride, places.at, addends.at, sign);
    },
  };
}

function copyRows(binned: BinnedDataset, rows: Uint32Array, bins: Uint8Array, columns: Uint8Array): void {
  const { stride } = binned;
  const count = rows.length;
  const from = new Uint32Array(binned.bins.buffer, binned.bins.byteOffset, binned.bins.length >>> 2);
  const to = new Uint32Array(bins.buffer, bins.byteOffset, bins.length >>> 2);
  const words = stride >>> 2;
  for (let block = 0; block < count; block += BLOCK) {
    const end = Math.min(count, block + BLOCK);
    for (let i = block; i < end; i++) {
      for (let w = 0; w < words; w++) to[i * words + w] = from[rows[i]! * words + w]!;
    }
    for (let c = 0; c < binned.columns; c++) {
      for (let i = block; i < end; i++) columns[c * count + i] = bins[i * stride + c]!;
    }
  }
}
