import { Argument, type Command } from 'commander';
import { completionScript, shells } from '../completion.js';

export function addCompletion(program: Command): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'for which shell').choices(shells))
    .description('print a completion script: source <(incumbent completion bash)')
    .action((shell: (typeof shells)[number]) => {
      process.stdout.write(completionScript(shell, program));
    });
}
