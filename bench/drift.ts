import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assessDrift } from '../core/drift/assess-drift.js';
import { buildReference } from '../core/drift/build-reference.js';
import { DriftAccumulator } from '../core/drift/drift-accumulator.js';
import { countAlarms } from './drift/false-alarms.js';
import { MADE_FEATURES, type MadeRow, madeDay } from './drift/made-days.js';

const RESULTS = new URL('./results/drift.json', import.meta.url);
const PEER = new URL('./drift/evidently_peer.py', import.meta.url).pathname;
const ROWS = 100_000;
const DAY_ROWS = [100, 1_000];
const PEER_DAYS = 30;

function csv(rows: readonly MadeRow[], day?: number): string[] {
  return rows.map(({ input, prediction }) =>
    [...Object.values(input), prediction, ...(day === undefined ? [] : [day])].join(','),
  );
}

/** From rows in memory to the finished report, the reference built anew each time as the peer does. Seconds, best of 5. */
function timeOwn(reference: readonly MadeRow[], current: readonly MadeRow[]): number {
  let best = Infinity;
  for (let i = 0; i < 5; i++) {
    const started = performance.now();
    const project = { features: MADE_FEATURES, task: 'regression' as const };
    const profile = buildReference(
      project,
      reference.map((row) => row.input),
      reference.map((row) => row.prediction),
    );
    const accumulator = new DriftAccumulator(profile);
    for (const { input, prediction } of current) accumulator.add(input, prediction);
    assessDrift(profile, accumulator.result(), { percentageThreshold: 20, scoreThreshold: 0.3 });
    best = Math.min(best, (performance.now() - started) / 1000);
  }
  return best;
}

interface PeerAnswer {
  readonly seconds: number;
  /** By `rows/reference rows`: share of days on which any column is flagged, and any but the one of 200 categories. */
  readonly flagged: Readonly<Record<string, { readonly any: number; readonly withoutPlace: number }>>;
}

function askPeer(reference: readonly MadeRow[], current: readonly MadeRow[]): PeerAnswer {
  const folder = mkdtempSync(join(tmpdir(), 'drift-bench-'));
  try {
    const header = 'sqft,rooms,baths,age,place,type,prediction';
    const write = (name: string, lines: string[], more = '') =>
      writeFileSync(join(folder, name), `${header}${more}\n${lines.join('\n')}\n`);
    write('reference.csv', csv(reference));
    write('current.csv', csv(current));
    for (const rows of DAY_ROWS) {
      const days = Array.from({ length: PEER_DAYS }, (_, day) => csv(madeDay(rows, 1_000 + day), day));
      write(`days-${rows}.csv`, days.flat(), ',day');
    }
    const python = process.env.BENCH_PYTHON ?? 'python3';
    const output = execFileSync(python, [PEER, folder, ...DAY_ROWS.map(String)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return JSON.parse(output.trim().split('\n').at(-1)!) as PeerAnswer;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/**
 * Drift of 100,000 rows against 100,000, seven columns, one with 200 categories: time against Evidently's DataDriftPreset, and on
 * days drawn from the reference's own distribution the share that is called drift.
 * BENCH_PYTHON names a Python with bench/drift/requirements.txt; DRIFT_DAYS the days per size, default 400.
 *
 * @returns own time over the peer's
 */
export async function run(): Promise<number> {
  const days = Number(process.env.DRIFT_DAYS ?? 400);
  if (!Number.isInteger(days) || days < 1) throw new Error(`DRIFT_DAYS must be a whole number above 0, got ${days}`);
  const [reference, current] = [madeDay(ROWS, 1), madeDay(ROWS, 2)];
  const seconds = timeOwn(reference, current);
  const peer = askPeer(reference, current);
  const alarms = DAY_ROWS.flatMap((rows) => [10_000, rows].map((size) => countAlarms(rows, days, 0, size)));
  const ratio = seconds / peer.seconds;
  mkdirSync(new URL('.', RESULTS), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify({ rows: ROWS, seconds, peer, ratio, alarms }, null, 2)}\n`);
  console.log(`${ROWS} rows, 7 columns: own ${seconds.toFixed(3)} s, Evidently ${peer.seconds.toFixed(3)} s`);
  for (const { rowsPerDay, referenceRows, drift, warn } of alarms) {
    const { any, withoutPlace } = peer.flagged[`${rowsPerDay}/${referenceRows}`]!;
    console.log(
      `same distribution, ${rowsPerDay} rows a day, reference ${referenceRows}: drift on ${percent(drift)} of ${days} days ` +
        `(with warnings ${percent(warn)}); Evidently on ${percent(any)} of ${PEER_DAYS} days ` +
        `(without the column of 200 categories ${percent(withoutPlace)})`,
    );
  }
  console.log(`drift ratio=${ratio.toFixed(4)}`);
  return ratio;
}

if (process.argv[1] === new URL(import.meta.url).pathname) await run();
