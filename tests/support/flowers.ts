import { z } from 'zod';
import type { Row } from '../../core/dataset/row.js';
import { fromSnapshotCsv, toSnapshotCsv } from '../../core/dataset/snapshot-csv.js';
import { parseDecisionRule } from '../../core/experiment/decision-rule.js';
import { RandomStream } from '../../core/forest/random.js';
import { defineModelProject, type ModelProject } from '../../core/project.js';

const LABELS = ['setosa', 'versicolor', 'virginica'] as const;
const COLUMNS = ['length', 'width', 'class', 'source'];

/** Three classes around three centres; the second and the third overlap a little. */
export function flowerRows(rows: number, randomState: number): Row[] {
  const random = new RandomStream(randomState);
  return Array.from({ length: rows }, (_, i) => {
    const k = i % 3;
    const around = (centre: number) => Number((centre + random.uniform() + random.uniform() - 1).toFixed(3));
    return {
      length: around([1.5, 4.3, 5.5][k]!),
      width: around([0.3, 1.3, 2.3][k]!),
      class: LABELS[k]!,
      source: 'raw',
    };
  });
}

/** The smallest classification project there is: two numbers, three classes. */
export const flowers: ModelProject = defineModelProject({
  name: 'flowers',
  prefix: 'flowers',
  title: 'Flowers',
  task: 'classification',
  target: { column: 'class', unit: 'class' },
  input: z.object({ length: z.number(), width: z.number() }),
  features: [
    { name: 'length', kind: 'numeric' },
    { name: 'width', kind: 'numeric' },
  ],
  dataset: {
    columns: COLUMNS,
    generate: ({ randomState, rows = 300 }) => toSnapshotCsv(flowerRows(rows, randomState), COLUMNS),
    clean(text) {
      const rows = fromSnapshotCsv(text) as { length: number; width: number }[];
      const profile = {
        rawRows: rows.length,
        feedbackRows: 0,
        ignoredColumns: [],
        rows: rows.length,
        cleaning: [],
        columns: {},
      };
      return { rows, profile };
    },
  },
  training: {
    algorithm: 'forest',
    hyperparameters: { trees: 20, maxDepth: 6 },
    testRatio: 0.2,
    minRows: 50,
  },
  gates: { metrics: { accuracy: { min: 0.85 }, logLoss: { max: 0.6 } }, maxLossIncrease: 0.1 },
  decision: parseDecisionRule({}),
  candidateWeightPercent: 20,
  drift: { percentageThreshold: 20, scoreThreshold: 0.3 },
  schedules: { train: '0 2 * * 0', evaluate: '0 * * * *', drift: '0 3 * * *', timezone: 'UTC' },
});

/** The same with a search: twelve trials of both algorithms, three rounds, three folds. */
export const searchedFlowers: ModelProject = {
  ...flowers,
  training: {
    ...flowers.training,
    search: {
      trials: 12,
      folds: 3,
      minTrees: 20,
      maxTrees: 180,
      spaces: {
        forest: {
          maxDepth: { kind: 'integer', from: 2, to: 12 },
          minSamplesLeaf: { kind: 'integer', from: 1, to: 20, scale: 'log' },
        },
        boosting: {
          learningRate: { kind: 'number', from: 0.02, to: 0.5, scale: 'log' },
          maxLeafNodes: { kind: 'integer', from: 2, to: 16 },
        },
      },
    },
  },
};

/** The raw file that searches are tried on, the same in every process. */
export const searchedFlowersCsv = () => toSnapshotCsv(flowerRows(1_200, 1), COLUMNS);
