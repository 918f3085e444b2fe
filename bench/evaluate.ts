import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createExperimentStore } from '../adapters/postgres/experiment-store.js';
import { createPool } from '../adapters/postgres/pool.js';
import { runMigrations } from '../adapters/postgres/run-migrations.js';
import { parseDecisionRule } from '../core/experiment/decision-rule.js';
import { evaluateExperiment } from '../core/experiment/evaluate-experiment.js';
import { startInfrastructure } from '../stack/infrastructure.js';
import { seedExperiment, seedRecent } from './evaluate/seed.js';

const RESULTS = new URL('./results/evaluate.json', import.meta.url);
const PROJECT = 'home-prices';
/** 1 is the size that the figure is about. */
const SCALE = Number(process.env.BENCH_SCALE ?? 1);
const USERS = Math.round(200_000 * SCALE);
const REQUESTS = Math.round(10_000_000 * SCALE);
const RECENT = Math.round(1_000_000 * SCALE);
const LOOKS = 10;
const TARGET_SECONDS = 1;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function measured(work: () => Promise<unknown>) {
  const times: number[] = [];
  for (let look = 0; look < LOOKS; look++) times.push(await seconds(work));
  times.sort((a, b) => a - b);
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return { medianSeconds: round(times[LOOKS / 2]!), worstSeconds: round(times.at(-1)!) };
}

/** One hourly look at a large experiment, in Postgres and core, and one look of the watch between them. */
export async function run(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'incumbent-evaluate-'));
  const logger = pino({ level: 'warn' });
  const infrastructure = await startInfrastructure({ home, ports: 'free' });
  try {
    const { databaseUrl } = infrastructure;
    await runMigrations(databaseUrl, logger);
    const pool = createPool({ connectionString: databaseUrl, max: 5, applicationName: 'bench', logger });
    const experiments = createExperimentStore(pool);
    const rule = parseDecisionRule({ policy: 'evidence' });
    const { id } = await experiments.open({
      project: PROJECT,
      productionVersion: 'BO1',
      candidateVersion: 'CO1',
      candidateWeightPercent: 20,
      rule,
      expectedUsers: 2000,
      idempotencyKey: 'bench',
    });
    const cause = { reason: 'bench', actor: 'bench', idempotencyKey: 'start' };
    const experiment = await experiments.change(id, { type: 'warmed' }, cause);
    await seedExperiment(pool, id, { users: USERS, requests: REQUESTS });
    await seedRecent(pool, PROJECT, id, RECENT);
    await pool.query('vacuum analyze experiment_users, experiment_latency, predictions');

    const look = async () => {
      const summary = await experiments.summarize(id);
      const startedAt = experiment.startedAt!;
      const context = { now: new Date(startedAt.getTime() + 3_600_000), startedAt, expectedUsers: 2000 };
      const more = { candidateWeightPercent: 20, previous: null, nextCandidateReady: false };
      return { summary, decision: evaluateExperiment(summary, { ...context, ...more }, rule) };
    };
    const { summary } = await look();
    const users = summary.production.users + summary.candidate.users;
    const requests = summary.production.requests + summary.candidate.requests;
    const evaluation = await measured(look);
    const watch = await measured(() => experiments.recent(experiment, new Date(Date.now() - 3_600_000)));
    await pool.end();

    const targetMet = evaluation.worstSeconds <= TARGET_SECONDS;
    const result = {
      node: process.version,
      users,
      requests,
      recentRequests: RECENT,
      looks: LOOKS,
      evaluation: { ...evaluation, targetSeconds: TARGET_SECONDS, targetMet },
      watch,
    };
    console.table({ evaluation, watch });
    console.log(
      `${requests} requests by ${users} users: ${(TARGET_SECONDS / evaluation.worstSeconds).toFixed(1)} x faster than asked`,
    );
    mkdirSync(new URL('.', RESULTS), { recursive: true });
    if (SCALE === 1) writeFileSync(RESULTS, `${JSON.stringify(result, null, 2)}\n`);
  } finally {
    await infrastructure.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
