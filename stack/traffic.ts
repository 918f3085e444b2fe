import { Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '../config.js';
import { createRandom } from '../core/stats/random.js';
import { homePrices } from '../projects/home-prices/project.js';
import { projects } from '../projects/index.js';
import { readState } from './state-file.js';
import { askedHomes } from './traffic/asked-homes.js';
import { askedRows } from './traffic/asked-rows.js';
import { createControlClient, type DecisionSummary } from './traffic/control-client.js';
import { renderTally } from './traffic/live-view.js';
import { createPlayer } from './traffic/player.js';
import { createRowPlayer } from './traffic/row-player.js';
import { Tally } from './traffic/tally.js';

const MAX_IN_FLIGHT = 500;

function between(low: number, high: number) {
  return (text: string) => {
    const value = Number(text);
    if (!(value >= low && value <= high)) throw new InvalidArgumentError(`a number from ${low} to ${high}`);
    return value;
  };
}

// a running stack says where it is; otherwise the usual ports
const home = loadConfig().INCUMBENT_HOME;
const state = readState(home);
const environment = { ...state?.env, ...process.env };
const config = loadConfig(environment);
const options = new Command('npm run traffic --')
  .description(
    'Plays visitors who ask for prices through the router and rate the answers; shows the split, the scores and the next decision live.',
  )
  .option('-r, --rate <n>', 'predictions a second', between(0.1, 5_000), 20)
  .option('-u, --users <n>', 'how many people', between(1, 1_000_000), 400)
  .option('--rating-share <n>', 'share of estimates that are rated', between(0, 1), 0.3)
  .option('-d, --duration <seconds>', 'stop after this long (default: until Ctrl-C)', between(1, 1e9))
  .option(
    '--until-decision',
    'bring the evaluation forward when both variants have their minimum, and end with its verdict',
  )
  .option('--seed <n>', 'the same seed plays the same people', between(0, 2 ** 32), 1)
  .option('--project <name>', 'model project', config.PROJECTS[0])
  .option('--router <url>', "address of the project's router (default: that of the running stack)")
  .option('--control <url>', 'address of the control API', `http://127.0.0.1:${config.CONTROL_PORT}`)
  .parse()
  .opts<{
    rate: number;
    users: number;
    ratingShare: number;
    duration?: number;
    untilDecision?: boolean;
    seed: number;
    project: string;
    router?: string;
    control: string;
  }>();

const tally = new Tally();
const control = createControlClient(options.control, options.project);
let ended = false;
let decision = null as DecisionSummary | null;

function fail(error: unknown): never {
  const { message, cause } = error as Error;
  const why = cause instanceof Error ? ` (${cause.message || (cause as NodeJS.ErrnoException).code})` : '';
  console.error(`${message}${why}\nIs the stack running? Start it with: npm start`);
  process.exit(1);
}

/** Where the project's router is, as the running stack says. */
function routerOf(project: string): string {
  const named = (name: string) => state?.parts.find((part) => part.name === name)?.address;
  return named(`${project}-router`) || `http://127.0.0.1:${config.ROUTER_PORT}`;
}

/** Seekers of homes rate with a temper of their own; visitors of other projects tell how right the answer was. */
async function preparePlayer(): Promise<() => Promise<void>> {
  const project = projects.byName(options.project);
  const router = options.router ?? routerOf(project.name);
  const settings = { ...options, router, random: createRandom(options.seed), tally };
  if (project.name === homePrices.name) return createPlayer(await askedHomes(environment), settings);
  return createRowPlayer(project, await askedRows(project, environment), settings);
}

const play = await preparePlayer().catch(fail);
const firstDecision = (await control.lastDecision().catch(fail))?.id ?? 0;
const startedAt = performance.now();
const seconds = () => (performance.now() - startedAt) / 1000;

/** Starts plays at the chosen rate; waits when too many are unanswered, as visitors at a closed door do. */
async function keepPlaying(): Promise<void> {
  let inFlight = 0;
  let begun = 0;
  while (!ended) {
    const due = Math.floor(seconds() * options.rate);
    while (begun < due && inFlight < MAX_IN_FLIGHT) {
      begun++;
      inFlight++;
      void play().finally(() => inFlight--);
    }
    if (begun < due) begun = due;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Both variants of the running experiment have what a verdict needs, as far as this player knows. */
async function enoughSeen(): Promise<boolean> {
  const experiment = await control.experiment();
  if (experiment === null) return false;
  return Object.values(tally.variants).every(
    ({ requests, ratings }) => requests >= experiment.minRequests && ratings >= experiment.minRatings,
  );
}

async function watch(): Promise<void> {
  let evaluatedAt = -Infinity;
  let shown = 0;
  while (!ended) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    try {
      decision = await control.lastDecision();
      const decided = decision !== null && decision.id > firstDecision && decision.verdict !== 'insufficient_data';
      if (options.untilDecision && decided) ended = true;
      else if (options.untilDecision && seconds() - evaluatedAt > 20 && (await enoughSeen())) {
        evaluatedAt = seconds();
        await control.evaluateNow();
      }
    } catch (error) {
      console.error(`control API: ${(error as Error).message}`);
    }
    if (options.duration !== undefined && seconds() >= options.duration) ended = true;
    const lines = renderTally(tally, decision, seconds());
    if (process.stdout.isTTY) {
      if (shown > 0) process.stdout.write(`\x1b[${shown}A\x1b[0J`);
      console.log(lines.join('\n'));
      shown = lines.length;
    } else if (ended || Math.round(seconds()) % 10 === 0) console.log(`${lines.join('\n')}\n`);
  }
}

process.once('SIGINT', () => {
  ended = true;
});
await Promise.all([keepPlaying(), watch()]);
if (options.untilDecision && decision) {
  console.log(`\nverdict: ${decision.verdict}\n${decision.reason}\nworkflow: ${decision.workflow_id}`);
}
