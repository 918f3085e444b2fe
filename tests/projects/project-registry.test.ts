import { expect, test } from 'vitest';
import { InvalidInputError, NotFoundError } from '../../core/errors.js';
import { homePrices } from '../../projects/home-prices/project.js';
import { projects } from '../../projects/index.js';
import { createProjectRegistry } from '../../projects/project-registry.js';

const other = { ...homePrices, name: 'other', prefix: 'other', ports: { router: 1, production: 2, candidate: 3 } };
const broken = { project: 'broken', file: 'projects/broken/project.ts', reason: 'no features' };

test('finds a project by name and names those there are otherwise', () => {
  expect(projects.byName('home-prices').prefix).toBe('price_check');
  expect(() => projects.byName('cars')).toThrow(NotFoundError);
  expect(() => projects.byName('cars')).toThrow(/no project 'cars'; known: .*home-prices/);
});

test('a project whose folder is wrong is told with file and reason, and the others run', () => {
  const registry = createProjectRegistry([homePrices, other], [broken]);
  expect(() => registry.byName('broken')).toThrow(
    "project 'broken' cannot be used: projects/broken/project.ts: no features",
  );
  const { projects: selected, failures } = registry.select(['home-prices', 'broken', 'home-prices', 'other']);
  expect(selected.map(({ name }) => name)).toEqual(['home-prices', 'other']);
  expect(failures).toEqual([broken]);
  expect(() => registry.select(['broken'])).toThrow(
    'no project is left to run\nprojects/broken/project.ts: no features',
  );
});

test.each([
  ['prefix', { prefix: 'price_check' }, "projects 'home-prices' and 'other' share the prefix 'price_check'"],
  ['port', { ports: { router: 7000, production: 2, candidate: 3 } }, 'share the port 7000'],
  ['port in another role', { ports: { router: 1, production: 7000, candidate: 3 } }, 'share the port 7000'],
])('two projects with the same %s do not run together', (_, change, message) => {
  const registry = createProjectRegistry([homePrices, { ...other, ...change }]);
  expect(() => registry.select(['home-prices', 'other'])).toThrow(InvalidInputError);
  expect(() => registry.select(['home-prices', 'other'])).toThrow(message);
  expect(registry.select(['other']).projects).toHaveLength(1);
});

test.each([
  ['the name of another', { name: 'home-prices' }, "two projects are named 'home-prices'"],
  ['a name that is no kebab-case', { name: 'Home Prices' }, "'Home Prices' must be kebab-case"],
  ['a prefix that is a path', { prefix: 'a/b' }, "prefix 'a/b' may hold"],
  ['a feature without a column', { features: [{ name: 'age', kind: 'numeric' }] as const }, "'age' is not among"],
  ['no features', { features: [] }, "project 'other': features: "],
  [
    'a feature twice',
    { features: [homePrices.features[0]!, homePrices.features[0]!] },
    "'total_sqft' is declared twice",
  ],
  ['the answer among its features', { target: { column: 'bath', unit: '' } }, "the target 'bath' is also a feature"],
  [
    'classes that are one',
    { task: 'classification', target: { column: 'price', unit: '', classes: ['a'] } } as const,
    'at least two classes, got 1',
  ],
  [
    'a time zone that is none',
    { schedules: { ...homePrices.schedules, timezone: 'Mars/Base' } },
    'schedules.timezone: must be an IANA time zone',
  ],
  [
    'a schedule that is no cron expression',
    { schedules: { ...homePrices.schedules, train: 'daily' } },
    'schedules.train: a cron expression',
  ],
  [
    'one port for two services',
    { ports: { router: 5, production: 5, candidate: 6 } },
    'ports must differ, got 5, 5, 6',
  ],
  ['a port that is none', { ports: { router: 70_000, production: 5, candidate: 6 } }, 'ports.router'],
  ['an input that is no schema', { input: {} } as never, 'input.safeParse: must be a function'],
  [
    'an endpoint over a column that is no feature',
    { endpoints: { categories: [{ name: 'towns', column: 'town', answer: 'towns' }] } },
    "endpoint get_towns lists 'town'",
  ],
])('refuses a project with %s', (_, change, message) => {
  const create = () => createProjectRegistry([homePrices, { ...other, ...change }]);
  expect(create).toThrow(InvalidInputError);
  expect(create).toThrow(message);
});
