import { expect, test } from 'vitest';
import { InvalidInputError, NotFoundError } from '../../core/errors.js';
import { homePrices } from '../../projects/home-prices/project.js';
import { projects } from '../../projects/index.js';
import { createProjectRegistry } from '../../projects/project-registry.js';

test('finds a project by name and names those there are otherwise', () => {
  expect(projects.byName('home-prices').prefix).toBe('price_check');
  expect(() => projects.byName('cars')).toThrow(NotFoundError);
  expect(() => projects.byName('cars')).toThrow(/no project 'cars'; known: .*home-prices/);
});

test.each([
  ['the same name', { prefix: 'x' }, "two projects are named 'home-prices'"],
  ['the same prefix', { name: 'x' }, "projects 'home-prices' and 'x' share the prefix 'price_check'"],
  ['a name that is no kebab-case', { name: 'Home Prices', prefix: 'x' }, "'Home Prices' must be kebab-case"],
  ['a prefix that is a path', { name: 'x', prefix: 'a/b' }, "prefix 'a/b' may hold"],
  [
    'a feature without a column',
    { name: 'x', prefix: 'x', features: [{ name: 'age', kind: 'numeric' }] as const },
    "'age' is not among",
  ],
])('refuses a second project with %s', (_, change, message) => {
  const create = () => createProjectRegistry([homePrices, { ...homePrices, ...change }]);
  expect(create).toThrow(InvalidInputError);
  expect(create).toThrow(message);
});
