import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { fitForest } from '../core/forest/fit-forest.js';
import type { Forest } from '../core/forest/forest.js';
import { forestToOnnx } from '../core/forest/onnx.js';
import { predictBatch } from '../core/forest/predict-batch.js';
import { predictRow } from '../core/forest/predict-row.js';
import { generatedHomes, type Problem, realHomes } from './forest/home-matrix.js';
import { writeResults } from './forest/write-results.js';
import { askPeer, storeProblem, withFolder } from './peers/forest-peer.js';

const TASK = { algorithm: 'forest', trees: 100, maxDepth: 10, threads: 1, repeats: 5 } as const;

interface PeerAnswer {
  readonly oneRow: number;
  readonly batch: number;
  readonly onnxRow: number;
  readonly onnxBatch: number;
}

/** Seconds of the fastest of several runs, after the code has been compiled. */
function fastest(act: () => void, runs = 20): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) {
    const started = performance.now();
    act();
    best = Math.min(best, (performance.now() - started) / 1000);
  }
  return best;
}

/** Different rows one after another: no row finds its way in the caches because it was just asked for. */
function ownOneRow(forest: Forest, { X }: Problem): number {
  const rows = Array.from({ length: X.rows }, (_, r) =>
    Float64Array.from({ length: X.columns }, (__, c) => X.data[c * X.rows + r]!),
  );
  let sum = 0;
  const seconds = fastest(() => {
    for (const row of rows) sum += predictRow(forest, row);
  });
  if (!Number.isFinite(sum)) throw new Error('a prediction is not finite');
  return seconds / X.rows;
}

/** onnxruntime in WebAssembly, one row at a time, in this process. */
async function wasmOneRow(model: Uint8Array, { X }: Problem): Promise<number> {
  const session = await InferenceSession.create(model);
  const row = Float32Array.from({ length: X.columns }, (_, c) => X.data[c * X.rows]!);
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run++) {
    const started = performance.now();
    for (let i = 0; i < 500; i++) await session.run({ features: new Tensor('float32', row, [1, X.columns]) });
    best = Math.min(best, (performance.now() - started) / 1000 / 500);
  }
  await session.release();
  return best;
}

/** Prediction on one core: a single row, and rows in bulk. */
export async function run(): Promise<void> {
  const homes = realHomes() ?? generatedHomes(0);
  const forest = fitForest(homes.X, homes.y, { task: 'regression', trees: TASK.trees, maxDepth: TASK.maxDepth });
  const onnx = forestToOnnx(forest);
  const oneRow = ownOneRow(forest, homes);
  const out = new Float64Array(homes.X.rows);
  const batch = homes.X.rows / fastest(() => predictBatch(forest, homes.X, out));
  const wasmRow = await wasmOneRow(onnx, homes);
  const peer = await withFolder((folder) => {
    const file = join(folder, 'model.onnx');
    writeFileSync(file, onnx);
    return askPeer<PeerAnswer>(
      folder,
      { kind: 'predict', ...TASK, problem: storeProblem(folder, homes), onnx: file },
      1,
    );
  });
  const line = (engine: string, secondsPerRow: number, rowsPerSecond: number | null) => ({
    engine,
    oneRowMicroseconds: Number((secondsPerRow * 1e6).toFixed(2)),
    batchRowsPerSecond: rowsPerSecond === null ? null : Math.round(rowsPerSecond),
  });
  const engines = [
    line('incumbent', oneRow, batch),
    line('scikit-learn', peer.oneRow, peer.batch),
    line('onnxruntime (Python)', peer.onnxRow, peer.onnxBatch),
    line('onnxruntime (WebAssembly)', wasmRow, null),
  ];
  console.log(`${homes.name}, ${TASK.trees} trees of depth ${TASK.maxDepth}, one core`);
  console.table(engines);
  const ratio = Number((batch / peer.batch).toFixed(2));
  writeResults('forest-predict', { data: homes.name, ratio, engines });
  console.log(`forest-predict ratio=${ratio}`);
}
