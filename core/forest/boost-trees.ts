import type { BinnedDataset } from './binned-dataset.js';
import type { BoostingObjective } from './boosting-objective.js';
import { type BoostingOptions, type ResolvedBoostingOptions, resolveBoostingOptions } from './boosting-options.js';
import { createBoostingRound } from './boosting-round.js';
import { checkClassTarget, checkRegressionTarget, checkSampleWeight } from './check-target.js';
import type { Forest } from './forest.js';
import { assembleForest, type TreeArrays } from './forest-builder.js';
import { holdOut } from './hold-out.js';
import { logisticLoss, multinomialLoss } from './log-loss.js';
import { squaredError } from './squared-error.js';
import { ALONE, type Team } from './team.js';

/**
 * `fitBoosting` on a dataset that is binned already.
 *
 * @param onIteration called after each iteration with the number made so far; returning false stops boosting there
 * @param team the threads that boost together: each calls this with the same arguments and gets the same forest, which
 * is that of one thread alone, bit for bit
 * @throws {InvalidInputError} naming the option or value at fault and what is allowed
 */
export function boostTrees(
  binned: BinnedDataset,
  y: Float64Array,
  options: BoostingOptions,
  onIteration?: (done: number) => boolean,
  team: Team = ALONE,
): Forest {
  const checked = checkBoosting(binned, y, options);
  const { task, classes, iterations, earlyStopping, randomState } = checked;
  const weighted = weightedRows(binned.rows, checked.sampleWeight);
  const watch = weighted.length > 1 ? earlyStopping : null;
  const { kept, heldOut } = watch
    ? holdOut(weighted, watch.validationRatio, randomState)
    : { kept: weighted, heldOut: new Uint32Array(0) };
  const objective = createObjective(y, checked, kept);
  const { outputs, baseline } = objective;
  const round = createBoostingRound(binned, objective, checked, kept, heldOut, team);

  const trees: TreeArrays[] = [];
  let best = watch ? round.heldOutLoss() : 0;
  let bestTrees = 0;
  for (let done = 1; done <= iterations; done++) {
    round.prepare();
    for (let k = 0; k < outputs; k++) trees.push(round.grow(k, trees.length));
    if (watch) {
      const loss = round.heldOutLoss();
      if (loss < best) {
        best = loss;
        bestTrees = trees.length;
      }
      if (trees.length - bestTrees >= watch.patience * outputs) break;
    }
    if (onIteration?.(done) === false) break;
  }
  // a model has at least one iteration, even when none lowers the loss
  const keptTrees = watch ? trees.slice(0, Math.max(bestTrees, outputs)) : trees;
  const shape = { algorithm: 'boosting', task, features: binned.columns, classes, leafWidth: 1 } as const;
  return assembleForest({ ...shape, firstTree: 0, baseline }, keptTrees);
}

/** Rows whose weight is not 0, ascending. */
function weightedRows(rows: number, sampleWeight: Float64Array | null): Uint32Array {
  const weighted = new Uint32Array(rows);
  let count = 0;
  for (let r = 0; r < rows; r++) if (sampleWeight?.[r] !== 0) weighted[count++] = r;
  return weighted.subarray(0, count);
}

function checkBoosting(binned: BinnedDataset, y: Float64Array, options: BoostingOptions): ResolvedBoostingOptions {
  const resolved = resolveBoostingOptions(options, binned.columns);
  checkSampleWeight(resolved.sampleWeight, binned.rows);
  if (resolved.task === 'classification') {
    return { ...resolved, classes: checkClassTarget(y, binned.rows, resolved.classes) };
  }
  checkRegressionTarget(y, binned.rows);
  return resolved;
}

function createObjective(
  y: Float64Array,
  { task, classes, sampleWeight }: ResolvedBoostingOptions,
  rows: Uint32Array,
): BoostingObjective {
  if (task === 'regression') return squaredError(y, sampleWeight, rows);
  return classes <= 2 ? logisticLoss(y, sampleWeight, rows) : multinomialLoss(y, sampleWeight, rows, classes);
}
