import { parseDecisionRule } from '../../core/experiment/decision-rule.js';
import { defineModelProject } from '../../core/project.js';
import { cleanHomes } from './clean.js';
import { generateHomes } from './generate.js';
import { AREA_TYPES, AVAILABILITIES, SNAPSHOT_COLUMNS } from './home-row.js';
import { homeInputSchema } from './input.js';

/** What a home in Bengaluru costs, in lakh INR. The figures behind the choices below are in docs/data.md. */
export const homePrices = defineModelProject({
  name: 'home-prices',
  prefix: 'price_check',
  title: 'Bengaluru home prices',
  task: 'regression',
  target: { column: 'price', unit: 'lakh INR' },
  input: homeInputSchema,
  example: { total_sqft: 1000, location: 'Whitefield', bhk: 2, bath: 2 },
  features: [
    { name: 'total_sqft', kind: 'numeric' },
    { name: 'location', kind: 'target', smoothing: 5, minRows: 3, per: 'total_sqft' },
    { name: 'bhk', kind: 'numeric' },
    { name: 'bath', kind: 'numeric' },
    { name: 'balcony', kind: 'numeric' },
    { name: 'area_type', kind: 'ordinal', categories: AREA_TYPES },
    { name: 'availability', kind: 'ordinal', categories: AVAILABILITIES },
  ],
  dataset: {
    fileVariable: 'HOME_PRICES_CSV',
    columns: SNAPSHOT_COLUMNS,
    generate: generateHomes,
    clean: cleanHomes,
  },
  training: {
    algorithm: 'forest',
    hyperparameters: { trees: 100, maxDepth: 14, minSamplesLeaf: 1, maxFeatures: 0.75 },
    search: {
      trials: 27,
      folds: 3,
      minTrees: 12,
      maxTrees: 100,
      spaces: {
        forest: {
          maxDepth: { kind: 'integer', from: 8, to: 24 },
          minSamplesLeaf: { kind: 'integer', from: 1, to: 12, scale: 'log' },
          maxFeatures: { kind: 'number', from: 0.3, to: 0.99 },
        },
        boosting: {
          learningRate: { kind: 'number', from: 0.03, to: 0.3, scale: 'log' },
          maxLeafNodes: { kind: 'integer', from: 8, to: 64, scale: 'log' },
          minSamplesLeaf: { kind: 'integer', from: 5, to: 60, scale: 'log' },
        },
      },
    },
    testRatio: 0.2,
    minRows: 500,
  },
  gates: {
    metrics: { r2: { min: 0.7 } },
    maxLossIncrease: 0.05,
    slices: {
      by: [{ column: 'area_type' }, { column: 'location', largest: 10 }],
      maxRatio: 2.5,
      maxIncrease: 0.25,
    },
    predictions: { min: 0, max: 10_000 },
    maxLatencyUs: 200,
  },
  decision: parseDecisionRule({}),
  candidateWeightPercent: 20,
  endpoints: {
    predict: { name: 'home_price', answer: 'estimated_price', decimals: 2 },
    similar: { name: 'homes' },
    categories: [{ name: 'location_names', column: 'location', answer: 'locations' }],
  },
  ports: { router: 7000, production: 6001, candidate: 6002 },
  drift: { percentageThreshold: 20, scoreThreshold: 0.3 },
  schedules: { train: '0 2 * * 0', evaluate: '0 * * * *', drift: '0 3 * * *', timezone: 'UTC' },
});
