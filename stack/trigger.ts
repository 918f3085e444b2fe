import { Command } from 'commander';
import { connectClient } from '../adapters/temporal/connect.js';
import { createLoopClient } from '../adapters/temporal/loop-client.js';
import { loadConfig } from '../config.js';
import { ORCHESTRATION_QUEUE } from '../core/loop/task-queues.js';
import { type LoopStep, loopSteps, loopWorkflow } from '../core/loop/workflow-start.js';
import { projects } from '../projects/index.js';
import { readState } from './state-file.js';

const config = loadConfig();
const program = new Command('npm run trigger --')
  .description('Starts one step of the loop now, waits for it, and prints its result as one line of JSON.')
  .argument('<step>', `one of ${loopSteps.join(', ')}`)
  .option('--project <name>', 'model project', config.PROJECTS[0])
  .parse();
const step = program.args[0] as LoopStep;
const { project } = program.opts<{ project: string }>();

try {
  if (!loopSteps.includes(step)) throw new Error(`unknown step "${step}": use one of ${loopSteps.join(', ')}`);
  projects.byName(project);
  const client = await connectClient({ ...readState(config.INCUMBENT_HOME)?.env, ...process.env });
  const result = await createLoopClient(client, ORCHESTRATION_QUEUE).run(
    loopWorkflow(step, project, 'command line', new Date()),
  );
  console.log(JSON.stringify(result));
  await client.connection.close();
} catch (error) {
  let cause: unknown = error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  console.error((cause as Error).message || String(error));
  process.exitCode = 1;
}
