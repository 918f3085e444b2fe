import { execFileSync } from 'node:child_process';
import { generatedHomes, type Problem, realHomes } from './forest/home-matrix.js';
import { friedman } from './forest/synthetic.js';
import type { TrainJob } from './forest/train-child.js';
import { writeResults } from './forest/write-results.js';
import { askPeer, storeProblem, withFolder } from './peers/forest-peer.js';

/** Both sides may use as many cores. */
const THREADS = 2;
const CHILD = new URL('./forest/train-child.ts', import.meta.url).pathname;

interface Measured {
  readonly seconds: number;
  readonly peakMb: number;
}

type Task = Omit<TrainJob, 'problem'>;

function trainOurs(job: TrainJob): Measured {
  const answer = execFileSync(process.execPath, ['--import', 'tsx', CHILD, JSON.stringify(job)], {
    cwd: new URL('..', import.meta.url),
  });
  return JSON.parse(answer.toString()) as Measured;
}

/** One problem and algorithm on both sides, each in a process of its own, one after the other. */
async function compare(problem: Problem, task: Task) {
  return withFolder((folder) => {
    const job = { ...task, problem: storeProblem(folder, problem) };
    const ours = trainOurs(job);
    const theirs = askPeer<Measured>(folder, { kind: 'train', ...job }, THREADS);
    return {
      data: problem.name,
      algorithm: `${task.algorithm}, ${task.trees} trees`,
      seconds: round(ours.seconds, 3),
      sklearnSeconds: round(theirs.seconds, 3),
      timesFaster: round(theirs.seconds / ours.seconds, 2),
      peakMb: Math.round(ours.peakMb),
      sklearnPeakMb: Math.round(theirs.peakMb),
    };
  });
}

/** How the time grows when one of rows, features and trees does. */
async function growth() {
  const rows = [];
  for (const [count, columns, trees] of [
    [125_000, 20, 10],
    [250_000, 20, 10],
    [500_000, 20, 10],
    [1_000_000, 20, 10],
    [250_000, 10, 10],
    [250_000, 40, 10],
    [250_000, 20, 20],
    [250_000, 20, 40],
  ] as const) {
    const problem = friedman(count, columns, 2);
    const { seconds, peakMb } = await withFolder((folder) => {
      const task: Task = { algorithm: 'forest', trees, maxDepth: 10, threads: THREADS, repeats: 1 };
      return trainOurs({ ...task, problem: storeProblem(folder, problem) });
    });
    rows.push({
      rows: count,
      features: columns,
      trees,
      seconds: round(seconds, 2),
      nanosecondsPerCell: round((seconds * 1e9) / (count * columns * trees), 2),
      peakMb: Math.round(peakMb),
    });
  }
  return rows;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** Training against scikit-learn on the same rows, hyperparameters and cores. */
export async function run(): Promise<void> {
  const homes = realHomes() ?? generatedHomes(0);
  const forest = { algorithm: 'forest', maxDepth: 10, threads: THREADS } as const;
  const boosting = { ...forest, algorithm: 'boosting' } as const;
  const big = friedman(500_000, 20, 1);
  const comparisons = [
    await compare(homes, { ...forest, trees: 100, repeats: 5 }),
    await compare(homes, { ...boosting, trees: 100, repeats: 5 }),
    await compare(big, { ...forest, trees: 10, repeats: 1 }),
    await compare(big, { ...boosting, trees: 50, repeats: 1 }),
  ];
  console.table(comparisons);
  const scaling = await growth();
  console.table(scaling);
  const ratio = comparisons[0]!.timesFaster;
  writeResults('forest-train', { threads: THREADS, ratio, comparisons, scaling });
  console.log(`forest-train ratio=${ratio}`);
}
