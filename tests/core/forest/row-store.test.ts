import { expect, test } from 'vitest';
import { binMatrix } from '../../../core/forest/bin-matrix.js';
import { plainRows } from '../../../core/forest/grower-rows.js';
import { histogramLayout } from '../../../core/forest/histogram-layout.js';
import { ROW_LOOPS_MODULE } from '../../../core/forest/row-loops-module.js';
import { createRowStore } from '../../../core/forest/row-store.js';
import { startModule } from '../../../core/forest/web-assembly.js';
import { assembleRowLoops } from '../../../scripts/make-row-loops.js';
import { randomProblem } from './random-problem.js';

test('the module is what its text says', async () => {
  expect(ROW_LOOPS_MODULE).toBe(Buffer.from(await assembleRowLoops()).toString('base64'));
});

// 4 columns fill a word of bins, 5 leave three bytes of padding
test.each([
  [4, 1],
  [5, 1],
  [4, 2],
  [5, 2],
])('sums rows of %i features up in cells of %i numbers, and takes them out again', (features, channels) => {
  const { X } = randomProblem(300, features, { missing: 0.1 });
  const binned = binMatrix(X, 32);
  const layout = histogramLayout(binned);
  const held = Uint32Array.from({ length: 150 }, (_, i) => 2 * i);
  const store = createRowStore(binned, layout, held, channels, 2);
  store.newHistogram();
  const histogram = store.newHistogram();
  held.forEach((_, i) => {
    store.order[i] = i;
  });
  store.addends.forEach((_, i) => {
    store.addends[i] = i + 1;
  });

  const expected = new Float64Array(layout.totalBins * channels);
  for (let i = 20; i < 130; i++) {
    for (let f = 0; f < features; f++) {
      const cell = layout.firstBin[f]! + binned.bins[held[i]! * binned.stride + f]!;
      for (let c = 0; c < channels; c++) expected[cell * channels + c]! += channels * i + c + 1;
    }
  }
  store.add(histogram, 20, 130, 1);
  expect(histogram).toEqual(expected);
  store.add(histogram, 40, 40, 1);
  store.add(histogram, 20, 130, -1);
  expect(histogram).toEqual(new Float64Array(expected.length));
  expect(() => store.newHistogram()).toThrow('more than 2 histograms are in use');
});

test.each([
  ['no missing values', 0, 0],
  ['missing values on the left', 0.2, 1],
  ['missing values on the right', 0.2, 0],
])('parts rows as the loop in JavaScript does: %s', (_, missing, missingLeft) => {
  const { X } = randomProblem(400, 3, { missing });
  const binned = binMatrix(X, 32);
  const layout = histogramLayout(binned);
  const all = Uint32Array.from({ length: 400 }, (__, i) => i);
  const store = createRowStore(binned, layout, all, 1, 0);
  const plain = plainRows(binned, 0);
  for (const [start, end] of [
    [0, 400],
    [17, 230],
    [50, 50],
  ] as const) {
    store.order.set(all);
    plain.order.set(all);
    const missingBin = missing === 0 ? 256 : layout.finite[1]!;
    const middle = plain.partition(start, end, 1, 12, missingBin, missingLeft);
    expect(store.partition(start, end, 1, 12, missingBin, missingLeft)).toBe(middle);
    expect(store.order).toEqual(plain.order);
  }
});

test('more than can be addressed is refused with the size', () => {
  expect(() => startModule(ROW_LOOPS_MODULE, 5 * 2 ** 30)).toThrow('the rows take 5.0 GB');
});
