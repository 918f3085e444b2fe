import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { loadConfig } from '../config.js';
import { DomainError } from '../core/errors.js';
import { resetHome } from './reset.js';
import { homeStatus } from './status.js';
import { stopStack } from './stop-stack.js';
import { partsTable } from './summary.js';

const program = new Command('npm run stack --')
  .description('Looks at, stops or resets the stack of a home.')
  .option('--home <dir>', 'the home (default: INCUMBENT_HOME, else .incumbent)');

const home = (): string => {
  const chosen = program.opts<{ home?: string }>().home;
  return loadConfig(chosen === undefined ? process.env : { ...process.env, INCUMBENT_HOME: chosen }).INCUMBENT_HOME;
};

program
  .command('status')
  .description(
    'every part with its state, pid, address and version. Exit code 0: all up, 1: not all up, 3: not running',
  )
  .option('--json', 'as JSON, with the variables (secrets too) by which a process finds the parts')
  .action(({ json }: { json?: boolean }) => {
    const status = homeStatus(home());
    if (json) console.log(JSON.stringify(status, null, 2));
    else if (!status.running) console.log(`no stack is running on ${status.home}`);
    else
      console.log(
        `stack on ${status.home}, process ${status.pid}, since ${status.startedAt ?? 'just now'}\n\n${partsTable(status.parts)}`,
      );
    process.exitCode = !status.running ? 3 : status.healthy ? 0 : 1;
  });

program
  .command('stop')
  .description('stop every part in order and wait until it is done')
  .action(async () => console.log(await stopStack(home(), (message) => console.log(message))));

program
  .command('reset')
  .description('delete all state: database, models, histories, logs. Refused while a stack is running')
  .option('--yes', 'do not ask')
  .action(async ({ yes }: { yes?: boolean }) => {
    const outcome = await resetHome(home(), async (question) => yes === true || ask(question));
    console.log(outcome.message);
    process.exitCode = outcome.done ? 0 : 1;
  });

async function ask(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} Type yes to go on: `);
  terminal.close();
  return answer.trim().toLowerCase() === 'yes';
}

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof DomainError ? error.message : error);
  process.exitCode = 1;
}
