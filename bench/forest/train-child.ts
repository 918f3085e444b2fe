import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { createForestThreads } from '../../adapters/forest/forest-threads.js';
import { sharedMatrix } from '../../core/forest/shared-matrix.js';
import type { StoredProblem } from '../peers/forest-peer.js';

export interface TrainJob {
  readonly problem: StoredProblem;
  readonly algorithm: 'forest' | 'boosting';
  readonly trees: number;
  readonly maxDepth: number;
  readonly threads: number;
  readonly repeats: number;
}

/** Trains in a process of its own, so that its peak memory is that of the training; the peer does the same. */
const { problem, algorithm, trees, maxDepth, threads, repeats } = JSON.parse(process.argv[2]!) as TrainJob;
const X = sharedMatrix(problem.rows, problem.columns);
readInto(problem.X, X.data);
const y = new Float64Array(problem.rows);
readInto(problem.y, y);

const pool = createForestThreads(threads);
// the threads are started and have loaded their code, as scikit-learn has been imported
const tiny = sharedMatrix(10, 1);
await pool.fit(tiny, new Float64Array(10), { task: 'regression', trees: threads });

let seconds = Number.POSITIVE_INFINITY;
for (let i = 0; i < repeats; i++) {
  const started = performance.now();
  if (algorithm === 'boosting') await pool.boost(X, y, { task: 'regression', iterations: trees });
  else await pool.fit(X, y, { task: 'regression', trees, maxDepth });
  seconds = Math.min(seconds, (performance.now() - started) / 1000);
}
await pool.close();
console.log(JSON.stringify({ seconds, peakMb: peakMb() }));

/** Reads a file of doubles straight into their place. */
function readInto(file: string, out: Float64Array): void {
  const descriptor = openSync(file, 'r');
  const bytes = new Uint8Array(out.buffer, out.byteOffset, out.byteLength);
  for (let at = 0; at < bytes.length; ) at += readSync(descriptor, bytes, at, Math.min(2 ** 20, bytes.length - at), at);
  closeSync(descriptor);
}

/** The peak of this program alone: the resource usage would count the benchmark's own pages from before exec. */
function peakMb(): number {
  const status = '/proc/self/status';
  if (!existsSync(status)) return process.resourceUsage().maxRSS / 1024;
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]) / 1024;
}
