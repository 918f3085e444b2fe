import { Command, InvalidArgumentError } from 'commander';
import { DomainError } from '../core/errors.js';
import { projects } from '../projects/index.js';
import { describeFailure } from '../projects/project-failure.js';
import { buildParts } from './build-parts.js';
import { localConnections } from './connections.js';
import { type PlacedSettings, placeProjects } from './place-projects.js';
import { ProgressView } from './progress-view.js';
import { type RunningStack, runStack } from './run-stack.js';
import { readSettings, type StackFlags } from './settings.js';
import { stopOnSignals } from './stop-on-signals.js';
import { startSummary } from './summary.js';

const offset = (value: string): number => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > 60_000) {
    throw new InvalidArgumentError('a whole number from 0 to 60000');
  }
  return number;
};

const program = new Command('npm start --')
  .description(
    'Starts the whole of Incumbent on this machine (services, control API, web app) and keeps it running until Ctrl-C.',
  )
  .option('--port-offset <n>', 'add n to every port, for a second stack beside the first', offset, 0)
  .option('--home <dir>', 'where the state is kept (default: INCUMBENT_HOME, else .incumbent)')
  .option('--no-bootstrap', 'do not train the first models when nothing is deployed')
  .option('--with-monitoring', 'start Prometheus and Alertmanager, too, where they are on PATH', false)
  .option('--watch', 'restart the services when their code changes', false)
  .addHelpText(
    'after',
    `
A second start on the same home continues from its state. Ctrl-C stops every part in order; twice ends them at once.

Web app   pages where visitors ask and say how good the answer was, and operations (/ops) of every project: experiments,
          models, drift, feedback
Ports     ROUTER_PORT 7000, WEB_PORT 6500, CONTROL_PORT 6600, INFER_PROD_PORT 6001, INFER_CAND_PORT 6002,
          TEMPORAL_PORT 7233, TEMPORAL_UI_PORT 8080, POSTGRES_PORT 5432, S3_PORT 9000, WORKER_PORT 6700,
          WORKER_SDK_METRICS_PORT 6701, PROMETHEUS_PORT 9090, ALERTMANAGER_PORT 9093; a router's metrics: 100 above its
          port; a further project's own: IRIS_ROUTER_PORT, IRIS_INFER_PROD_PORT, ...
Projects  PROJECTS=home-prices,iris runs several side by side; the first one has the plain names
Elsewhere DATABASE_URL, TEMPORAL_ADDRESS, S3_ENDPOINT (or AWS credentials with MLFLOW_S3_BUCKET) use a real service
          instead of the local one
Tools     TEMPORAL_PATH, VERSITYGW_PATH, NGINX_PATH name an executable; otherwise PATH, the cache, a download, go build
More      docs/stack.md, .env.example, npm run stack -- --help`,
  );

const view = new ProgressView(process.stderr.isTTY ? process.stderr : process.stdout);
// a terminal that has gone away must not keep the parts from being stopped in order
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  program.parse();
  const flags = program.opts<StackFlags>();
  const settings = placeProjects(readSettings(process.env, flags), projects, flags.portOffset);
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  process.exitCode = await up(settings, flags.portOffset);
} catch (error) {
  process.exitCode = explain(error);
}
// the end does not wait for connections that a probe has kept open
process.exit();

async function up(settings: PlacedSettings, portOffset: number): Promise<number> {
  for (const failure of settings.failures) {
    view.notice(`project ${failure.project} is left out: ${describeFailure(failure)}`);
  }
  const stack = await runStack({
    home: settings.home,
    buildParts: (secrets) => buildParts(settings, secrets),
    connections: (secrets) => localConnections(settings, secrets),
    onParts: (parts) => view.begin(parts),
    onChange: (status) => view.change(status),
    onNotice: (message) => view.notice(message),
  });
  const stopped = stopOnSignals({
    stop: () => stopVisibly(stack),
    kill: () => stack.kill(),
    onNotice: (message) => view.notice(message),
  });
  const outcome = await Promise.race([stack.ready.then(() => 'ready' as const), stopped.begun]);
  if (outcome === 'ready') {
    view.end();
    console.log(startSummary(stack.statuses(), settings, portOffset));
  }
  await stopped.done;
  return 0;
}

async function stopVisibly(stack: RunningStack): Promise<void> {
  view.end();
  await stack.stop();
  await stack.ready.catch(() => undefined);
}

/** One paragraph for what a user can mend; the whole stack trace for what only a developer can. */
function explain(error: unknown): number {
  view.end();
  if (error instanceof DomainError || (error instanceof Error && error.message.startsWith('invalid configuration'))) {
    console.error(`\n${error.message}`);
  } else {
    console.error(error);
  }
  return 1;
}
