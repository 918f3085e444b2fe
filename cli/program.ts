import { Command } from 'commander';
import { addApprovals } from './commands/approvals.js';
import { addAudit } from './commands/audit.js';
import { addCompletion } from './commands/completion.js';
import { addPromote, addRollback } from './commands/deliveries.js';
import { addDrift } from './commands/drift.js';
import { addEvaluate } from './commands/evaluate.js';
import { addExperiments } from './commands/experiments.js';
import { addLogin } from './commands/login.js';
import { addModels } from './commands/models.js';
import { addStatus } from './commands/status.js';
import { addTrain } from './commands/train.js';

const help = `
Environment: INCUMBENT_URL (address of the control API), INCUMBENT_TOKEN (API key or token; before what login kept)
Exit codes: 0 done, 1 did not end well, 2 wrong usage, 3 refused, 4 not signed in or not allowed, 5 control API away`;

/** The whole command line. */
export function createProgram(): Command {
  const program = new Command('incumbent')
    .description('Trains, compares, promotes and watches models through the control API.')
    .option('--url <address>', 'control API', process.env.INCUMBENT_URL || 'http://localhost:6600')
    .option('-p, --project <name>', 'model project; default: the first of the control API')
    .option('--json', 'answers of the API as JSON instead of tables')
    .addHelpText('after', help)
    .showHelpAfterError('(incumbent --help shows the commands)')
    .exitOverride();
  const groups = [addStatus, addTrain, addEvaluate, addModels, addPromote, addRollback, addApprovals, addExperiments];
  for (const add of [...groups, addDrift, addAudit, addLogin, addCompletion]) add(program);
  for (const command of program.commands) inherit(command);
  return program;
}

/** Every command reports a wrong usage as the program does. */
function inherit(command: Command): void {
  command.exitOverride();
  for (const one of command.commands) inherit(one);
}
