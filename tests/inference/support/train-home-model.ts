import { encodeRows } from '../../../core/features/encode-rows.js';
import { fitEncoder } from '../../../core/features/fit-encoder.js';
import { encodeForest } from '../../../core/forest/encode-forest.js';
import { fitForest } from '../../../core/forest/fit-forest.js';
import { predictBatch } from '../../../core/forest/predict-batch.js';
import type { ModelDocument } from '../../../core/registry/model-document.js';
import { homePrices } from '../../../projects/home-prices/project.js';

export interface TrainedHomeModel {
  readonly document: ModelDocument;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** A small real model of home prices, trained on generated data: the files of one version. */
export function trainHomeModel(
  version: string,
  { randomState = 1, rows = 2_000, trees = 20, maxDepth = 8 } = {},
): TrainedHomeModel {
  const { rows: homes } = homePrices.dataset.clean(homePrices.dataset.generate({ randomState: 7, rows }));
  const target = Float64Array.from(homes as unknown as { price: number }[], (home) => home.price);
  const encoder = fitEncoder(homePrices.features, homes, target);
  const X = encodeRows(encoder, homes);
  const forest = fitForest(X, target, { task: 'regression', trees, maxDepth, minSamplesLeaf: 2, randomState });
  const predictions = predictBatch(forest, X);
  const inputs = homePrices.features.map(({ name }) => name);
  const document: ModelDocument = {
    format: 1,
    project: homePrices.name,
    version,
    task: 'regression',
    target: homePrices.target,
    algorithm: 'forest',
    encoder,
    hyperparameters: { trees, maxDepth },
    metrics: { r2: 0.8, mae: 12 },
    importances: {},
    expected: homes.slice(0, 5).map((home, i) => ({
      row: Object.fromEntries(inputs.map((name) => [name, home[name as keyof typeof home] ?? null])),
      prediction: predictions[i]!,
    })),
    lineage: {
      datasetKey: 'train_V1.csv',
      datasetNumber: 1,
      trainRows: homes.length,
      testRows: 0,
      randomState,
      runId: `run-${version}`,
      parentVersion: null,
      codeRevision: null,
      trainedAt: '2026-01-01T00:00:00.000Z',
    },
  };
  const files = {
    'model.json': new TextEncoder().encode(JSON.stringify(document)),
    'forest.bin': encodeForest(forest),
  };
  return { document, files };
}
