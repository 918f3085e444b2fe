import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '../forest/home-matrix.js';
import { peerPython } from './python.js';

const REQUIREMENTS = new URL('./forest-requirements.txt', import.meta.url);
const SCRIPT = new URL('./forest_peer.py', import.meta.url).pathname;

/** A folder of files that both sides read; gone when `act` is done. */
export async function withFolder<T>(act: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'forest-bench-'));
  try {
    return await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A problem's matrices as files of doubles, column after column. */
export interface StoredProblem {
  readonly X: string;
  readonly y: string;
  readonly rows: number;
  readonly columns: number;
}

export function storeProblem(folder: string, { X, y }: Pick<Problem, 'X' | 'y'>): StoredProblem {
  const stored = { X: join(folder, 'X.f64'), y: join(folder, 'y.f64'), rows: X.rows, columns: X.columns };
  writeFileSync(stored.X, X.data);
  writeFileSync(stored.y, y);
  return stored;
}

/** Runs one job of forest_peer.py on at most `threads` cores. */
export function askPeer<T>(folder: string, job: object, threads = 2): T {
  const file = join(folder, 'job.json');
  writeFileSync(file, JSON.stringify(job));
  const env = { ...process.env, OMP_NUM_THREADS: String(threads) };
  const answer = execFileSync(peerPython(REQUIREMENTS), [SCRIPT, file], { env, maxBuffer: 2 ** 30 });
  return JSON.parse(answer.toString()) as T;
}
