import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { discoverProjects } from '../../projects/discover-projects.js';

const home = mkdtempSync(join(tmpdir(), 'projects-'));
const root = pathToFileURL(`${join(home, 'projects')}/`);
afterAll(() => rmSync(home, { recursive: true }));

const declaration = (name: string, more = '') => `export const it = {
  name: '${name}', prefix: '${name}', title: 'A test', task: 'regression', target: { column: 'y', unit: '' },
  input: { safeParse() {} }, features: [{ name: 'x', kind: 'numeric' }],
  dataset: { columns: ['x', 'y', 'source'], clean() {} },
  training: { algorithm: 'forest', hyperparameters: { trees: 1 }, testRatio: 0.2, minRows: 1 }, gates: {},
  decision: {}, candidateWeightPercent: 20, drift: { percentageThreshold: 20, scoreThreshold: 0.3 },
  schedules: { train: '0 2 * * 0', evaluate: '0 * * * *', drift: '0 3 * * *', timezone: 'UTC' }, ${more}
};`;

function write(folder: string, text: string, file = 'project.js'): void {
  mkdirSync(join(home, 'projects', folder), { recursive: true });
  writeFileSync(join(home, 'projects', folder, file), text);
}

test('each folder with a project file is a project; a wrong one is told with its file and reason, and stops no other', async () => {
  writeFileSync(join(home, 'package.json'), '{"type":"module"}');
  write('good', declaration('good'));
  write('also-good', `${declaration('also-good')}\nexport default it; export const helper = 1;`);
  write('a-broken', 'export const it = {');
  write('renamed', declaration('another'));
  write('empty', 'export const nothing = 1;');
  write('two', `${declaration('two')}\nexport const second = { ...it };`);
  write('throws', "throw new Error('no such variable');");
  write('wrong', declaration('wrong', 'testRatio: 1, candidateWeightPercent: 120'));
  write('helpers', 'export const helper = 1;', 'helper.js');
  writeFileSync(join(home, 'projects', 'index.js'), '');

  const { projects, failures } = await discoverProjects(root);
  expect(projects.map(({ name }) => name)).toEqual(['also-good', 'good']);
  const reasons = Object.fromEntries(failures.map(({ project, file, reason }) => [project, `${file}: ${reason}`]));
  expect(Object.keys(reasons)).toEqual(['a-broken', 'empty', 'renamed', 'throws', 'two', 'wrong']);
  expect(reasons['a-broken']).toMatch(/^projects\/a-broken\/project\.js: ./);
  expect(reasons.empty).toMatch(/must export exactly one project made with defineModelProject, exports none/);
  expect(reasons.renamed).toMatch(/the project is named 'another', its folder 'renamed'/);
  expect(reasons.throws).toBe('projects/throws/project.js: no such variable');
  expect(reasons.two).toMatch(/exports 2/);
  expect(reasons.wrong).toMatch(/project 'wrong': candidateWeightPercent/);
});
