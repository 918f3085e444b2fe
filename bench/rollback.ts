import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { homePrices } from '../projects/home-prices/project.js';
import { freePortOffset, type StackUnderTest, startStack } from '../tests/e2e/stack.js';
import { writeResults } from './forest/write-results.js';

const PROJECT = homePrices.name;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const HOME = { total_sqft: 1200, location: 'Whitefield', bhk: 2, bath: 2 };

type Json = Record<string, unknown>;

async function call(url: string, method = 'GET', body?: unknown, headers: Record<string, string> = {}): Promise<Json> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(url, { method, headers: { 'content-type': 'application/json', ...headers }, ...sent });
  const said = (await answer.json()) as Json;
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${JSON.stringify(said)}`);
  return said;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within two minutes`);
    await sleep(50);
  }
}

/** What people do to the whole product, and see of it, through its addresses. */
function operator({ control, router }: StackUnderTest) {
  const status = () => call(`${control}/api/deploy/status?project=${PROJECT}`);
  const production = async () => ((await status()).production as Json).version as string;
  const training = async () => (await call(`${control}/api/training/status/${PROJECT}-training`)).status;
  const experiment = async () =>
    ((await call(`${control}/api/overview?project=${PROJECT}`)).experiment as Json | null)?.state;
  const settled = () =>
    until('the delivery', async () => ((await status()).delivery as Json | null)?.status !== 'running');
  return {
    training,
    settled,
    train: () => call(`${control}/api/training/start`, 'POST', { project: PROJECT, reason: 'bench' }),
    experimentRuns: () => until('an experiment', async () => (await experiment()) === 'running'),
    async promote(): Promise<void> {
      const version = ((await status()).candidate as Json).version;
      await call(`${control}/api/models/${version}/promote`, 'PUT', { project: PROJECT, reason: 'bench' });
      await settled();
    },
    /** @returns milliseconds from the call to the first answer of the version before */
    async rollBack(): Promise<number> {
      const version = (await production()) === 'BO1' ? 'BO2' : 'BO1';
      const started = performance.now();
      const called = call(`${control}/api/deploy/rollback`, 'POST', { project: PROJECT, version, reason: 'bench' });
      // one visitor, again and again, whom every experiment leaves with production
      for (;;) {
        const headers = { 'x-user-id': 'visitor' };
        const answer = await call(`${router}/api/predict_home_price`, 'POST', HOME, headers);
        if (answer.model_version === version) break;
        if (performance.now() - started > 30_000) throw new Error('the old model does not come back');
        await sleep(5);
      }
      const took = performance.now() - started;
      await called;
      await settled();
      return took;
    },
  };
}

const figures = (times: number[]) => {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    rounds: sorted.length,
    medianMs: Math.round(sorted[Math.floor(sorted.length / 2)]!),
    worstMs: Math.round(sorted.at(-1)!),
  };
};

/** `npm run bench -- rollback`: from the call to the first answer of the old model, on the product as `npm start` runs it. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'incumbent-bench-rollback-'));
  const rawFile = join(folder, 'homes.csv');
  writeFileSync(rawFile, homePrices.dataset.generate({ randomState: 1, rows: 4_000 }));
  const variables = { HOME_PRICES_CSV: rawFile, LOG_LEVEL: 'error' };
  const stack = await startStack(join(folder, 'home'), await freePortOffset(), variables);
  try {
    const { rollBack, promote, train, training, experimentRuns } = operator(stack);
    await experimentRuns();
    await promote();
    const idle: number[] = [];
    for (let round = 0; round < ROUNDS; round++) idle.push(await rollBack());

    const whileTraining: number[] = [];
    const withExperiment: number[] = [];
    for (let round = 0; round < 3; round++) {
      await train();
      await sleep(500);
      while ((await training()) === 'running' && whileTraining.length < (round + 1) * 3)
        whileTraining.push(await rollBack());
      await until('the training', async () => (await training()) !== 'running');
      await experimentRuns();
      withExperiment.push(await rollBack());
    }
    const rows = {
      idle: figures(idle),
      'while a training runs': figures(whileTraining),
      'with an experiment open': figures(withExperiment),
    };
    console.table(rows);
    writeResults('rollback', { unit: 'ms', ...rows });
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
