import { fitForest } from '../core/forest/fit-forest.js';
import { matrixFromRows } from '../core/forest/matrix.js';
import { predictBatch } from '../core/forest/predict-batch.js';
import { type Fold, foldsOf } from './forest/folds.js';
import { generatedHomes, type Problem, realHomes } from './forest/home-matrix.js';
import { friedman, steps } from './forest/synthetic.js';
import { writeResults } from './forest/write-results.js';
import { askPeer, storeProblem, withFolder } from './peers/forest-peer.js';

const SEEDS = [0, 1, 2, 3, 4];
const TASK = { algorithm: 'forest', trees: 100, maxDepth: 10, threads: 2, repeats: 1 } as const;

interface Quality {
  readonly mae: number;
  readonly r2: number;
}

/** Mean absolute error and R² over all test rows of one seed, averaged over the seeds. */
function judge(problem: Problem, folds: readonly Fold[], predictions: readonly ArrayLike<number>[]): Quality {
  let mae = 0;
  let r2 = 0;
  for (const seed of SEEDS) {
    const truth: number[] = [];
    const answers: number[] = [];
    folds.forEach((fold, i) => {
      if (fold.seed !== seed) return;
      truth.push(...fold.test.map((r) => problem.y[r]!));
      answers.push(...Array.from(predictions[i]!));
    });
    const mean = truth.reduce((a, b) => a + b, 0) / truth.length;
    const error = truth.reduce((sum, value, i) => sum + (value - answers[i]!) ** 2, 0);
    const spread = truth.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    mae += truth.reduce((sum, value, i) => sum + Math.abs(value - answers[i]!), 0) / truth.length / SEEDS.length;
    r2 += (1 - error / spread) / SEEDS.length;
  }
  return { mae, r2 };
}

function selectMatrix({ X }: Problem, rows: readonly number[]) {
  const data = new Float64Array(rows.length * X.columns);
  for (let c = 0; c < X.columns; c++) {
    rows.forEach((r, i) => {
      data[c * rows.length + i] = X.data[c * X.rows + r]!;
    });
  }
  return { data, rows: rows.length, columns: X.columns };
}

function predictOurs(problem: Problem, { seed, train, test }: Fold): Float64Array {
  const y = Float64Array.from(train, (r) => problem.y[r]!);
  const { trees, maxDepth } = TASK;
  const forest = fitForest(selectMatrix(problem, train), y, { task: 'regression', trees, maxDepth, randomState: seed });
  return predictBatch(forest, selectMatrix(problem, test));
}

/** Petal width from the other measurements and the kind. */
async function iris(): Promise<Problem> {
  const { rows, kind } = await withFolder((folder) =>
    askPeer<{ rows: number[][]; kind: number[] }>(folder, { kind: 'iris' }),
  );
  const X = matrixFromRows(rows.map(([a, b, c], i) => [a!, b!, c!, kind[i]!]));
  const data = Float64Array.from(X.data);
  return { name: 'iris (150 × 4)', X: { ...X, data }, y: Float64Array.from(rows, (row) => row[3]!) };
}

/** Accuracy beside scikit-learn's on the same splits of the same rows. */
export async function run(): Promise<void> {
  const problems = [
    realHomes() ?? generatedHomes(1),
    generatedHomes(0),
    await iris(),
    friedman(4000, 10, 3),
    steps(6000, 4),
  ];
  const table = [];
  let worst = 0;
  for (const problem of problems) {
    const folds = foldsOf(problem.X.rows, SEEDS);
    const ours = judge(
      problem,
      folds,
      folds.map((fold) => predictOurs(problem, fold)),
    );
    const answer = await withFolder((folder) => {
      const job = { kind: 'accuracy', ...TASK, problem: storeProblem(folder, problem), folds };
      return askPeer<{ predictions: number[][] }>(folder, job);
    });
    const theirs = judge(problem, folds, answer.predictions);
    const maeDifference = ours.mae / theirs.mae - 1;
    const r2Difference = ours.r2 / theirs.r2 - 1;
    // better than the peer is not a miss
    worst = Math.max(worst, maeDifference, -r2Difference);
    table.push({
      data: problem.name,
      mae: Number(ours.mae.toPrecision(5)),
      sklearnMae: Number(theirs.mae.toPrecision(5)),
      maeDifference: `${(100 * maeDifference).toFixed(2)} %`,
      r2: Number(ours.r2.toFixed(5)),
      sklearnR2: Number(theirs.r2.toFixed(5)),
      r2Difference: `${(100 * r2Difference).toFixed(2)} %`,
    });
  }
  console.table(table);
  const ratio = Number((1 + worst).toFixed(4));
  writeResults('forest-accuracy', { seeds: SEEDS, ratio, table });
  console.log(`forest-accuracy ratio=${ratio}`);
}
