import { RandomForestClassifier, RandomForestRegression } from 'ml-random-forest';
import type { ForestTrainer } from '../../activities/ports.js';
import { InvalidInputError } from '../../core/errors.js';
import { importMlRandomForest } from '../../core/forest/import-ml-random-forest.js';
import type { Matrix } from '../../core/forest/matrix.js';

/** The package's time grows about with the square of the rows: beyond this it takes minutes, then hours. */
const MAX_ROWS = 2_000;

function rowsOf({ data, rows, columns }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => {
      const value = data[c * rows + r]!;
      if (Number.isFinite(value)) return value;
      throw new InvalidInputError(`row ${r + 1}, input ${c + 1} is ${value}: ml-random-forest takes no missing values`);
    }),
  );
}

/**
 * Small forests by the npm package, turned into ours for serving: for projects of some hundred rows, and as a second
 * opinion on our own trainer.
 *
 * @returns a trainer that refuses more than 2,000 rows and missing values with an InvalidInputError
 */
export function createMlRandomForestTrainer(): ForestTrainer {
  return {
    async fit(X, y, options, { signal, onProgress }) {
      signal.throwIfAborted();
      if (X.rows > MAX_ROWS) {
        throw new InvalidInputError(
          `ml-random-forest is for small data: got ${X.rows} rows, at most ${MAX_ROWS} are taken; use the algorithm 'forest'`,
        );
      }
      const { task, trees = 100, maxDepth = 64, minSamplesLeaf = 1, maxFeatures = 'all', randomState = 0 } = options;
      const named = { all: X.columns, sqrt: Math.max(1, Math.round(Math.sqrt(X.columns))) };
      const settings = {
        seed: randomState,
        nEstimators: trees,
        maxFeatures: typeof maxFeatures === 'number' ? maxFeatures : named[maxFeatures],
        replacement: false,
        useSampleBagging: true,
        noOOB: true,
        treeOptions: { maxDepth, minNumSamples: minSamplesLeaf },
      };
      const model =
        task === 'classification'
          ? new RandomForestClassifier(settings)
          : new RandomForestRegression({ ...settings, selectionMethod: 'mean' });
      model.train(rowsOf(X), Array.from(y));
      onProgress(trees);
      return importMlRandomForest(model.toJSON(), X.columns, options.classes);
    },
  };
}
