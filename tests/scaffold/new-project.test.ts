import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { churnCsv } from './churn-csv.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'incumbent-new-project-'));
const projects = join(folder, 'projects');
const csv = join(folder, 'churn.csv');

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run new-project -- …` without the start of npm itself, writing beside the projects there are. */
function newProject(...args: string[]): Promise<Outcome> {
  const command = ['--import', 'tsx', 'scaffold/main.ts', ...args, '--root', projects];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: repository, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

beforeAll(() => {
  // a project's imports lead to what every project shares
  mkdirSync(projects);
  for (const shared of ['core', 'node_modules']) symlinkSync(join(repository, shared), join(folder, shared));
  symlinkSync(join(repository, 'projects', 'tabular'), join(projects, 'tabular'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(csv, churnCsv(500));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('--dry-run shows the project and writes nothing', async () => {
  const { code, stdout } = await newProject('churn', csv, '--target', 'Churn', '--dry-run');
  expect(code).toBe(0);
  expect(stdout).toContain('churn: predicts churn (one of No, Yes) from 8 columns; 500 of 500 rows are usable');
  expect(stdout).toContain('left out: customerID');
  expect(stdout).toContain('export const churn = defineTabularProject({');
  expect(readdirSync(projects)).toEqual(['tabular']);
});

test('the folder that is written is a project whose own tests pass, and is not overwritten', async () => {
  const first = await newProject('churn', csv, '--target', 'Churn');
  expect([first.code, first.stderr]).toEqual([0, '']);
  expect(first.stdout).toContain('PROJECTS=churn npm start');
  expect(readdirSync(join(projects, 'churn')).toSorted()).toEqual(['data.csv', 'project.test.ts', 'project.ts']);

  const { discoverProjects } = await import('../../projects/discover-projects.js');
  const found = await discoverProjects(pathToFileURL(`${projects}/`));
  expect(found.failures).toEqual([]);
  const [churn] = found.projects;
  expect(churn).toMatchObject({ name: 'churn', prefix: 'churn', task: 'classification', judgedBy: 'labels' });

  const before = readFileSync(join(projects, 'churn', 'project.ts'), 'utf8');
  const again = await newProject('churn', csv, '--target', 'Contract');
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('exists and is not overwritten')]);
  expect(readFileSync(join(projects, 'churn', 'project.ts'), 'utf8')).toBe(before);
});

test.each([
  ['a name that is taken', ['iris', csv, '--target', 'Churn'], "there is a project 'iris' already"],
  ['a name in capitals', ['Churn', csv, '--target', 'Churn'], "'Churn' cannot name a project"],
  ['a name that leads elsewhere', ['../churn', csv, '--target', 'Churn'], "'../churn' cannot name a project"],
  ['a file that is not there', ['other', join(folder, 'none.csv'), '--target', 'y'], 'there is no such file'],
  ['no target', ['other', csv], "required option '--target <column>' not specified"],
  [
    'a task that is none',
    ['other', csv, '--target', 'Churn', '--task', 'magic'],
    'Allowed choices are regression, classification',
  ],
  [
    'a target that is not there',
    ['other', csv, '--target', 'Chrun'],
    "there is no column 'Chrun'; the file has: customerID",
  ],
])('%s is refused and nothing is written', async (_, args, message) => {
  const { code, stderr } = await newProject(...args);
  expect(code).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
  expect(existsSync(join(projects, 'other'))).toBe(false);
});

test('--help says what it does, with an example', async () => {
  const { code, stdout } = await newProject('--help');
  expect(code).toBe(0);
  expect(stdout).toContain('npm run new-project -- churn path/to/churn.csv --target Churn');
  expect(stdout).toContain('--dry-run');
});
