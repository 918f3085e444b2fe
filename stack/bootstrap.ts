import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { createExperimentStore } from '../adapters/postgres/experiment-store.js';
import { createModelRegistry } from '../adapters/postgres/model-registry.js';
import { createPool } from '../adapters/postgres/pool.js';
import { createSlotStore } from '../adapters/postgres/slot-store.js';
import { connectClient } from '../adapters/temporal/connect.js';
import { createLoopClient } from '../adapters/temporal/loop-client.js';
import { loadConfig, required } from '../config.js';
import { ORCHESTRATION_QUEUE } from '../core/loop/task-queues.js';
import { deliveryId, trainingId } from '../core/loop/workflow-ids.js';
import { projects } from '../projects/index.js';
import { candidateShare } from '../projects/split-weights.js';

// Run once by the local stack when all parts are up: a first model in production and a first candidate beside it, so
// that a newcomer sees split traffic at once. Speaks to its parent in lines of JSON. `--own`: not for all of PROJECTS, only
// for the one that services with the same variables serve.

const config = loadConfig();
const { own } = parseArgs({ options: { own: { type: 'boolean', default: false } } }).values;
const selected = own ? [config.PROJECT ?? config.PROJECTS[0]!] : config.PROJECTS;
const pool = createPool({
  connectionString: required(config, 'DATABASE_URL'),
  max: 2,
  applicationName: 'incumbent-bootstrap',
  logger: pino({ level: 'silent' }),
});
const slots = createSlotStore(pool);
const registry = createModelRegistry(pool);
const experiments = createExperimentStore(pool);
const client = await connectClient();
const loop = createLoopClient(client, ORCHESTRATION_QUEUE);

function tell(event: 'progress' | 'done' | 'failed', message: string): void {
  process.stdout.write(`${JSON.stringify({ event, message })}\n`);
}

interface Trained {
  readonly outcome: string;
  readonly version: string;
  readonly slot: string;
  readonly metrics: Readonly<Record<string, number>>;
  readonly reasons: readonly string[];
}

/** Starts a training – or joins the one an interrupted start left behind – and tells its steps. */
async function train(project: string, what: string, randomState: number): Promise<void> {
  const workflowId = trainingId(project);
  const running = await loop.status(workflowId).then(
    ({ status }) => status === 'running',
    () => false,
  );
  if (!running) {
    const input = { project, cause: 'first start', actor: 'npm start', randomState, search: false };
    await loop.start({ type: 'trainCandidate', workflowId, input });
  }
  let step = '';
  for (;;) {
    const job = await loop.status(workflowId);
    const progress = job.progress as { step: string; version: string | null } | null;
    if (progress && progress.step !== step) {
      step = progress.step;
      tell('progress', `${project}: ${what}: ${step}`);
    }
    if (job.status === 'running') {
      await sleep(300);
      continue;
    }
    if (job.status !== 'completed') throw new Error(`${what} of ${project} ${job.status}: ${job.error}`);
    const { outcome, version, slot, metrics, reasons } = job.result as Trained;
    if (outcome === 'rejected')
      throw new Error(`${version} of ${project} did not pass its gates: ${reasons.join('; ')}`);
    const quality =
      metrics.accuracy === undefined
        ? `R² ${metrics.r2?.toFixed(3)}, MAE ${metrics.mae?.toFixed(2)}`
        : `accuracy ${metrics.accuracy.toFixed(3)}`;
    tell('progress', `${project}: ${version} is in the ${slot} slot (${quality} on held-out rows)`);
    return;
  }
}

/** Started again with other weights, an experiment under way follows them: its counts begin anew under the new split. */
async function followWeights(project: string): Promise<void> {
  const share = candidateShare(projects.byName(project).split, process.env);
  const experiment = await experiments.current(project);
  if (share === null || experiment === null || experiment.candidateWeightPercent === share) return;
  const { id: experimentId, candidateVersion: candidate } = experiment;
  await loop.run({
    type: 'changeExperiment',
    workflowId: deliveryId(project),
    input: {
      project,
      experimentId,
      candidate,
      event: { type: 'weights', weightPercent: share },
      reason: 'started with other weights',
      actor: 'npm start',
    },
  });
  tell('progress', `${project}: ${share} % of requests go to ${candidate} from now on`);
}

/** What is not there yet: a model in production, and one candidate beside it. */
async function deployFirst(project: string): Promise<void> {
  const production = await slots.get(project, 'production');
  if (production.version === null) await train(project, 'first model', 0);
  const known = await registry.list(project, { limit: 100 });
  if (!known.some(({ kind, state }) => kind === 'CO' && state !== 'registered'))
    await train(project, 'first candidate', 1);
  await followWeights(project);
}

// one after the other: each training uses the whole machine; what one project lacks does not keep the next from starting
const problems: string[] = [];
for (const project of selected) {
  try {
    await deployFirst(project);
  } catch (error) {
    problems.push((error as Error).message);
    console.error(
      `${(error as Error).message}\nEverything else runs. Mend the cause and train again with: npm run trigger -- train --project ${project}`,
    );
  }
}
if (problems.length === 0) tell('done', 'models are deployed');
else {
  tell('failed', problems.join('; '));
  process.exitCode = 1;
}
await client.connection.close();
await pool.end();
