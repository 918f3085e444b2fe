import { RandomStream } from '../../core/forest/random.js';
import type { Problem } from './home-matrix.js';

/** Friedman's first function of five of the columns plus noise; the other columns tell nothing. */
export function friedman(rows: number, columns: number, seed: number): Problem {
  const random = new RandomStream(seed);
  const data = new Float64Array(new SharedArrayBuffer(rows * columns * 8));
  for (let i = 0; i < data.length; i++) data[i] = random.uniform();
  const y = new Float64Array(rows);
  for (let r = 0; r < rows; r++) {
    const at = (c: number) => data[c * rows + r]!;
    const noise = random.uniform() + random.uniform() + random.uniform() - 1.5;
    y[r] = 10 * Math.sin(Math.PI * at(0) * at(1)) + 20 * (at(2) - 0.5) ** 2 + 10 * at(3) + 5 * at(4) + 2 * noise;
  }
  return { name: `synthetic (${rows} × ${columns})`, X: { data, rows, columns }, y };
}

/**
 * Steps, interactions and whole numbers with many ties; no feature has more values than there are bins. (A sharp step
 * in a feature of more values costs the rows between two bin edges, at most 1 in 256.)
 */
export function steps(rows: number, seed: number): Problem {
  const random = new RandomStream(seed);
  const columns = 6;
  const data = Float64Array.from({ length: rows * columns }, (_, i) =>
    random.below(Math.floor(i / rows) < 3 ? 12 : 200),
  );
  const y = Float64Array.from({ length: rows }, (_, r) => {
    const at = (c: number) => data[c * rows + r]!;
    return at(0) * (at(1) > 5 ? 4 : 1) + (at(3) > 125 ? 30 : 0) + at(4) / 10 + 6 * random.uniform();
  });
  return { name: `steps (${rows} × ${columns})`, X: { data, rows, columns }, y };
}
