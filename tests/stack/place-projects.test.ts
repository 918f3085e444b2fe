import { expect, test } from 'vitest';
import { homePrices } from '../../projects/home-prices/project.js';
import { createProjectRegistry } from '../../projects/project-registry.js';
import { placeProjects } from '../../stack/place-projects.js';
import { readSettings } from '../../stack/settings.js';

const { ports: _, ...unplaced } = homePrices;
const flowers = {
  ...homePrices,
  name: 'flowers',
  prefix: 'flowers',
  ports: { router: 7050, production: 6051, candidate: 6052 },
};
const registry = createProjectRegistry(
  [homePrices, flowers, { ...unplaced, name: 'a-third', prefix: 'third' }],
  [{ project: 'broken', file: 'projects/broken/project.ts', reason: 'no features' }],
);

function place(env: NodeJS.ProcessEnv, portOffset = 0) {
  const settings = readSettings(env, { portOffset, watch: false, bootstrap: true });
  const placed = placeProjects(settings, registry, portOffset);
  return { ...placed, list: placed.projects.map(({ project, ports }) => [project.name, ...Object.values(ports)]) };
}

test('the first project has the usual ports, others those that they declare or the next group that is free', () => {
  const { list, ports } = place({ PROJECTS: 'home-prices,flowers,a-third' });
  expect(list).toEqual([
    ['home-prices', 7000, 6001, 6002],
    ['flowers', 7050, 6051, 6052],
    ['a-third', 7001, 6011, 6012],
  ]);
  expect(ports.ROUTER_PORT).toBe(7000);
});

test('a project alone keeps its own ports, and the plain variables move it', () => {
  expect(place({ PROJECTS: 'flowers' }).list).toEqual([['flowers', 7050, 6051, 6052]]);
  const { list, ports } = place({ PROJECTS: 'flowers', ROUTER_PORT: '7700', INFER_CAND_PORT: '6777' }, 100);
  expect(list).toEqual([['flowers', 7800, 6151, 6877]]);
  expect(ports).toMatchObject({ ROUTER_PORT: 7800, INFER_PROD_PORT: 6151, INFER_CAND_PORT: 6877 });
});

test('variables with the name of a project move that project', () => {
  const { list } = place(
    { PROJECTS: 'home-prices,a-third', A_THIRD_ROUTER_PORT: '7100', HOME_PRICES_INFER_PROD_PORT: '6100' },
    1,
  );
  expect(list).toEqual([
    ['home-prices', 7001, 6101, 6003],
    ['a-third', 7101, 6012, 6013],
  ]);
});

test.each([
  [
    { PROJECTS: 'home-prices,flowers', FLOWERS_ROUTER_PORT: '6500' },
    'WEB_PORT and FLOWERS_ROUTER_PORT (project flowers) are both 6500',
  ],
  [
    { PROJECTS: 'home-prices,flowers', FLOWERS_ROUTER_PORT: 'x' },
    'FLOWERS_ROUTER_PORT is "x": a port is a whole number',
  ],
  [{ PROJECTS: 'home-prices,cars' }, "there is no project 'cars'; known: home-prices, flowers, a-third"],
  [{ PROJECTS: 'broken' }, 'no project is left to run\nprojects/broken/project.ts: no features'],
])('%o is refused with what is wrong', (env, message) => {
  expect(() => place(env)).toThrow(message);
});

test('a project with an error is left out and told', () => {
  const { list, failures } = place({ PROJECTS: 'broken,flowers' });
  expect(list.map(([name]) => name)).toEqual(['flowers']);
  expect(failures).toEqual([{ project: 'broken', file: 'projects/broken/project.ts', reason: 'no features' }]);
});
