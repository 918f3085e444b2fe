import { expect, test } from 'vitest';
import { InvalidInputError } from '../../core/errors.js';
import { configureProject } from '../../projects/configure-project.js';
import { homePrices } from '../../projects/home-prices/project.js';
import { projects } from '../../projects/index.js';

const project = projects.byName(homePrices.name);

test('without configuration a project runs as it was declared', () => {
  expect(configureProject(project, {})).toMatchObject(project);
});

test('the weight and single numbers of the rule can be changed, the rest stays', () => {
  const changed = configureProject(project, {
    CANDIDATE_WEIGHT: 5,
    DECISION_RULE: { policy: 'evidence', minRatings: 30 },
  });
  expect(changed.candidateWeightPercent).toBe(5);
  expect(changed.decision).toEqual({ ...project.decision, policy: 'evidence', minRatings: 30 });
});

test('numbers that do not go together are refused by name', () => {
  expect(() => configureProject(project, { DECISION_RULE: { rollbackRatio: 1, promoteRatio: 1 } })).toThrow(
    InvalidInputError,
  );
  expect(() => configureProject(project, { DECISION_RULE: { minRattings: 3 } })).toThrow(/minRattings/);
});
