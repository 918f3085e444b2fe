import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { decodeText } from '../core/dataset/decode-text.js';
import { DomainError } from '../core/errors.js';
import { freeGroup } from '../projects/free-ports.js';
import { projects } from '../projects/index.js';
import { checkName } from './check-name.js';
import type { Task } from './choose-target.js';
import { describePlan } from './describe-plan.js';
import { planProject } from './plan-project.js';
import { renderProject, renderTest } from './render-project.js';
import { writeProject } from './write-project.js';

interface Flags {
  readonly target: string;
  readonly task?: Task;
  readonly dryRun?: boolean;
  readonly root: string;
}

const program = new Command('npm run new-project --')
  .description(
    'Makes a model project of a CSV file: looks at its columns, tries a model, and writes a folder with tests.',
  )
  .argument('<name>', 'name of the project in kebab-case, such as churn')
  .argument('<csv>', 'a CSV file with a header')
  .requiredOption('--target <column>', 'the column to predict')
  .addOption(
    new Option('--task <task>', 'what the target is; told from its values by default').choices([
      'regression',
      'classification',
    ]),
  )
  .option('--dry-run', 'show what would be written, and write nothing')
  .option('--root <dir>', 'the folder of projects', fileURLToPath(new URL('../projects/', import.meta.url)))
  .addHelpText(
    'after',
    `
Example  npm run new-project -- churn path/to/churn.csv --target Churn
Then     PROJECTS=churn npm start
More     docs/tutorial.md`,
  );

async function readFileText(path: string): Promise<string> {
  try {
    return decodeText(await readFile(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Error(`${path} cannot be read (${code === 'ENOENT' ? 'there is no such file' : code})`);
  }
}

program.parse();
const [name = '', csv = ''] = program.args;
const flags = program.opts<Flags>();
try {
  checkName(name, [...projects.all.map((project) => project.name), ...projects.failures.map(({ project }) => project)]);
  const text = await readFileText(csv);
  const path = new URL('./data.csv', import.meta.url);
  const ports = freeGroup(projects.all);
  const plan = planProject(text, { name, target: flags.target, ports, path, ...(flags.task && { task: flags.task }) });
  console.log(describePlan(plan));
  const contents = { 'project.ts': renderProject(plan), 'project.test.ts': renderTest(plan), 'data.csv': text };
  if (flags.dryRun) {
    console.log(`\nproject.ts would be:\n\n${contents['project.ts']}`);
  } else {
    const folder = await writeProject(flags.root, name, contents);
    const router = `http://localhost:${ports.router}`;
    console.log(
      `\nWritten to ${folder}. Next:\n  npx vitest run projects/${name}\n  PROJECTS=${name} npm start\n  curl -X POST ${router}/api/predict_${name.replaceAll('-', '_')} -H 'Content-Type: application/json' -d '${JSON.stringify(plan.definition.example)}'`,
    );
  }
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(
    error instanceof DomainError || existsSync(csv) === false ? error.message : (error.stack ?? error.message),
  );
  process.exitCode = 1;
}
