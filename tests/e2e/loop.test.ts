import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRandom } from '../../core/stats/random.js';
import { homePrices } from '../../projects/home-prices/project.js';
import { askedHomes } from '../../stack/traffic/asked-homes.js';
import { createPlayer } from '../../stack/traffic/player.js';
import { Tally } from '../../stack/traffic/tally.js';
import { freePortOffset, type StackUnderTest, startStack } from './stack.js';

// One story, told in order: the product is started as a user starts it, and the loop closes in both directions. What makes
// models good or bad is real: the raw file's prices are scaled between trainings, and visitors rate by the true price.

const folder = mkdtempSync(join(tmpdir(), 'incumbent-e2e-'));
const rawFile = join(folder, 'homes.csv');
let stack: StackUnderTest;

/** The generated raw file with every price multiplied: 1 is the truth, all else makes a model that is off by as much. */
function writeRawFile(factor: number): void {
  const [header, ...lines] = homePrices.dataset.generate({ randomState: 1, rows: 4_000 }).trimEnd().split(/\r?\n/);
  const scaled = lines.map((line) => {
    const comma = line.lastIndexOf(',');
    return `${line.slice(0, comma + 1)}${(Number(line.slice(comma + 1)) * factor).toFixed(2)}`;
  });
  writeFileSync(rawFile, `${[header, ...scaled].join('\n')}\n`);
}

beforeAll(async () => {
  writeRawFile(1.3);
  stack = await startStack(join(folder, 'home'), await freePortOffset(), {
    HOME_PRICES_CSV: rawFile,
    LOG_LEVEL: 'warn',
  });
}, 300_000);
afterAll(async () => {
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const versions = async () =>
  (await control('models?project=home-prices&limit=100')).items.map((m: { version: string }) => m.version).toSorted();

async function predict(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${stack.router}/api/predict_home_price`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

/** Visitors who ask and rate, until both variants have been rated often enough for a verdict. */
async function visit(seed: number): Promise<Tally> {
  const tally = new Tally();
  const play = createPlayer(await askedHomes({ HOME_PRICES_CSV: rawFile }), {
    router: stack.router,
    users: 300,
    ratingShare: 0.9,
    random: createRandom(seed),
    tally,
  });
  const enough = () => Object.values(tally.variants).every((v) => v.requests >= 60 && v.ratings >= 30);
  for (let round = 0; round < 80 && !enough(); round++) await Promise.all(Array.from({ length: 20 }, play));
  expect(tally.lost).toBe(0);
  expect(enough()).toBe(true);
  return tally;
}

const trigger = async (step: string) => JSON.parse(await stack.run('stack/trigger.ts', step));
// biome-ignore lint/suspicious/noExplicitAny: the answers are what this test is about
const json = async (url: string): Promise<any> => (await fetch(url)).json();
const control = (path: string) => json(`${stack.control}/api/${path}`);

test('the first prediction through the router answers as designed', async () => {
  const answer = await predict({ total_sqft: 1000, location: 'Whitefield', bhk: 2, bath: 2 });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    prediction_id: expect.any(Number),
    estimated_price: expect.any(Number),
    unit: 'lakh INR',
    model_version: expect.stringMatching(/^(BO1|CO1)$/),
    variant: expect.stringMatching(/^(production|candidate)$/),
    latency_ms: expect.any(Number),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  });
  expect(answer.headers.get('x-variant')).toMatch(/^(production|candidate)$/);
});

test('a visitor keeps the same variant', async () => {
  const variants = new Set<string | null>();
  for (let i = 0; i < 10; i++) {
    const answer = await predict(
      { total_sqft: 900 + i, location: 'Hebbal', bhk: 2, bath: 1 },
      { 'x-user-id': 'faithful' },
    );
    variants.add(answer.headers.get('x-variant'));
  }
  expect(variants.size).toBe(1);
});

test('on too little data nothing is decided', async () => {
  const outcome = await trigger('evaluate');
  expect(outcome).toMatchObject({ verdict: 'insufficient_data', action: 'none', effect: 'the experiment goes on' });
  expect((await control('overview?project=home-prices')).production.version).toBe('BO1');
});

test('a better candidate is promoted: its artifacts become the next BO and production serves it', async () => {
  writeRawFile(1); // the truth at last
  const trained = await trigger('train');
  expect(trained).toMatchObject({ outcome: 'deployed', version: 'CO2', slot: 'candidate' });
  await visit(1);
  const outcome = await trigger('evaluate');
  expect(outcome).toMatchObject({ verdict: 'promote', candidateVersion: 'CO2', effect: 'CO2 is in production as BO2' });
  const answer = await predict({ total_sqft: 1000, location: 'Whitefield', bhk: 2, bath: 2 });
  expect(await answer.json()).toMatchObject({ model_version: 'BO2', variant: 'production' });
  expect((await control('overview?project=home-prices')).production.version).toBe('BO2');
});

test('a bad candidate is rolled back: deleted, and production answers as before', async () => {
  writeRawFile(2.2); // a broken feed: every price more than doubled
  const trained = await trigger('train');
  expect(trained).toMatchObject({ outcome: 'deployed', version: 'CO3' });
  await visit(2);
  writeRawFile(1); // mended before the retraining begins
  const outcome = await trigger('evaluate');
  expect(outcome).toMatchObject({ verdict: 'rollback', candidateVersion: 'CO3' });
  const answer = await predict({ total_sqft: 1000, location: 'Whitefield', bhk: 2, bath: 2 });
  expect(await answer.json()).toMatchObject({ model_version: 'BO2' });
  const models = await control('models?project=home-prices');
  expect(models.items.find((m: { version: string }) => m.version === 'CO3')).toMatchObject({ state: 'deleted' });
});

test('the drift report compares what people ask with what production was trained on', async () => {
  const outcome = await trigger('drift');
  expect(outcome).toMatchObject({ modelVersion: 'BO2' });
  const report = await json(`${stack.router}/api/drift_report`);
  expect(report.drift_indicators.prediction).toMatchObject({
    drift_percentage: expect.any(Number),
    significant_drift: expect.any(Boolean),
  });
});

/** The training that runs, or the last one. */
const job = () => stack.loop.status('home-prices-training');

test('a worker killed in the middle of a training: the training goes on, and one candidate appears, not two', async () => {
  // the retraining that the roll-back started ends first
  await expect.poll(async () => (await job()).status, { timeout: 60_000, interval: 500 }).toBe('completed');
  const before = await versions();
  const { worker } = stack.parts();
  const training = trigger('train');
  await expect
    .poll(async () => (await job()).progress, { timeout: 20_000, interval: 20 })
    .toMatchObject({ step: expect.stringMatching(/snapshot|training/) });
  process.kill(worker!.pids[0]!, 'SIGKILL');
  const trained = await training;
  expect(trained.outcome).toBe('deployed');
  expect(await versions()).toEqual([...before, trained.version].toSorted());
}, 180_000);

test('the production service killed during a roll-back: it comes back with the right model, and visitors get answers', async () => {
  const { 'infer-prod': production } = stack.parts();
  process.kill(production!.pids[0]!, 'SIGKILL');
  const answer = await fetch(`${stack.control}/api/deploy/rollback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ project: 'home-prices', reason: 'tried by a test' }),
  });
  expect(answer.status).toBe(202);
  await expect
    .poll(
      async () =>
        (
          await predict({ total_sqft: 1000, location: 'Hebbal', bhk: 2, bath: 2 }).then(
            (r) => r.json() as Promise<{ model_version?: string }>,
          )
        ).model_version,
      {
        timeout: 60_000,
      },
    )
    .toBe('BO1');
  expect((await control('overview?project=home-prices')).production.version).toBe('BO1');
}, 90_000);

test('Ctrl-C ends every part, and a second start continues where the first one ended', async () => {
  expect(await stack.stop()).toBe(0);
  stack = await startStack(stack.home, await freePortOffset(), { HOME_PRICES_CSV: rawFile, LOG_LEVEL: 'warn' });
  const answer = await predict({ total_sqft: 1000, location: 'Whitefield', bhk: 2, bath: 2 });
  expect(((await answer.json()) as { model_version: string }).model_version).toBe('BO1');
}, 300_000);
