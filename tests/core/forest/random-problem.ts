import type { Matrix } from '../../../core/forest/matrix.js';
import { RandomStream } from '../../../core/forest/random.js';

/** Random rows (a share of the values missing) and a target that depends on the first three of ≥ 3 columns. */
export function randomProblem(
  rows: number,
  columns: number,
  { missing = 0, seed = 1, levels = 1000 }: { missing?: number; seed?: number; levels?: number } = {},
): { X: Matrix; y: Float64Array; rowOf: (r: number) => Float64Array } {
  const random = new RandomStream(seed);
  const data = Float64Array.from({ length: rows * columns }, () =>
    random.uniform() < missing ? Number.NaN : random.below(levels) / (levels / 10),
  );
  const at = (r: number, c: number) => data[c * rows + r] || 0;
  const y = Float64Array.from(
    { length: rows },
    (_, r) => 20 + 5 * at(r, 0) + at(r, 1) * at(r, 2) + (at(r, 0) > 5 ? 15 : 0) + random.uniform(),
  );
  const rowOf = (r: number) => Float64Array.from({ length: columns }, (_, c) => data[c * rows + r]!);
  return { X: { data, rows, columns }, y, rowOf };
}
