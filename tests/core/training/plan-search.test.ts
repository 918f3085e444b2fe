import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../core/errors.js';
import { planSearch } from '../../../core/training/plan-search.js';
import type { SearchSettings } from '../../../core/training/search-settings.js';
import { homePrices } from '../../../projects/home-prices/project.js';

const { training } = homePrices;
const search: SearchSettings = {
  trials: 9,
  minTrees: 10,
  maxTrees: 90,
  spaces: { forest: { maxDepth: { kind: 'integer', from: 4, to: 20 } }, boosting: {} },
};
const plan = (change: Partial<SearchSettings> = {}, randomState = 0, rows = 1_000) =>
  planSearch({ task: 'regression', training: { ...training, search: { ...search, ...change } } }, rows, randomState);

test('the project’s own hyperparameters are the first trial, the others take turns between the algorithms', () => {
  const { trials, rounds, folds, metric } = plan()!;
  expect(trials[0]).toEqual({
    algorithm: 'forest',
    hyperparameters: { ...training.hyperparameters, trees: 90 },
  });
  expect(trials.slice(1).filter(({ algorithm }) => algorithm === 'boosting')).toHaveLength(4);
  expect(rounds).toEqual([
    { trials: 9, resource: 10 },
    { trials: 3, resource: 30 },
    { trials: 1, resource: 90 },
  ]);
  expect([folds, metric]).toEqual([3, 'mae']);
});

test('the same seed draws the same trials, another seed others', () => {
  expect(plan()).toEqual(plan());
  expect(plan({}, 1)!.trials[2]).not.toEqual(plan()!.trials[2]);
});

test('a project without a search has no plan', () => {
  const { search: _, ...without } = training;
  expect(planSearch({ task: 'regression', training: without }, 1_000, 0)).toBeNull();
});

test.each([
  [{ trials: 1e9 }, 'search.trials must be an integer from 2 to 500, got 1000000000'],
  [{ trials: 1 }, 'got 1'],
  [{ folds: 1 }, 'search.folds must be an integer from 2 to 20 and at most the 1000 training rows, got 1'],
  [{ folds: 20, trials: 500 }, 'the search would fit 14420 models, at most 3000 are allowed'],
  [{ minTrees: 0 }, 'resources must be integers'],
  [{ spaces: {} }, 'search.spaces names no algorithm'],
  [
    { spaces: { forest: { learningRate: { kind: 'number', from: 0.1, to: 1 } } } },
    "search.spaces.forest has 'learningRate'",
  ],
  [{ spaces: { forest: { maxDepth: { kind: 'choice', values: [] } } } }, 'maxDepth has no values'],
] as const)('%j is refused with what would do', (change, message) => {
  expect(() => plan(change as Partial<SearchSettings>)).toThrow(InvalidInputError);
  expect(() => plan(change as Partial<SearchSettings>)).toThrow(message);
});
