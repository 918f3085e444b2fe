import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { type CliContext, createContext } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';

interface Started {
  job_id: string;
  project: string;
  version: string;
  previous: string | null;
}

interface DeployStatus {
  production: { version: string } | null;
  delivery: { job_id: string; status: string; error: string | null } | null;
}

interface DeliveryOptions {
  readonly reason?: string;
  readonly wait: boolean;
}

const LOOK_EVERY_MS = 250;

/** Waits until the delivery has ended: every living instance serves the version, or it was undone. */
async function finish(context: CliContext, started: Started, wait: boolean): Promise<void> {
  const { job_id: job, project, previous } = started;
  if (!job.startsWith(`${project}-delivery`)) {
    return context.print(started, ({ version }) => `${version} waits for a second person: incumbent approvals`);
  }
  if (!wait) return context.print(started, () => `started (${job})`);
  for (;;) {
    const status = await context.api.get<DeployStatus>('deploy/status', { project });
    const { delivery, production } = status;
    if (delivery?.job_id === job && delivery.status !== 'running') {
      if (delivery.status !== 'completed') {
        throw new CliError(exitCodes.failed, `the delivery ${delivery.status}: ${delivery.error ?? 'no reason given'}`);
      }
      const answer = { ...started, production: production?.version ?? null };
      return context.print(answer, (one) => `production serves ${one.production} (before: ${previous ?? 'nothing'})`);
    }
    if (delivery && delivery.job_id !== job) {
      throw new CliError(exitCodes.failed, `${delivery.job_id} runs in the place of ${job}: see incumbent status`);
    }
    await sleep(LOOK_EVERY_MS);
  }
}

export function addPromote(program: Command): void {
  program
    .command('promote')
    .argument('<version>', 'the candidate of the open experiment, or a BO version')
    .description('make a version the production model and wait until it is served')
    .requiredOption('--reason <text>', 'why, for the audit log')
    .option('--no-wait', 'do not wait for the delivery')
    .action(async (version: string, { reason, wait }: DeliveryOptions, command: Command) => {
      const context = createContext(command);
      const body = { project: await context.project(), reason };
      await finish(
        context,
        await context.api.put<Started>(`models/${encodeURIComponent(version)}/promote`, body),
        wait,
      );
    });
}

export function addRollback(program: Command): void {
  program
    .command('rollback')
    .argument('[version]', 'a BO version; default: the one before')
    .description('go back to an earlier production model and wait until it is served')
    .option('--reason <text>', 'why, for the audit log')
    .option('--no-wait', 'do not wait for the delivery')
    .action(async (version: string | undefined, { reason, wait }: DeliveryOptions, command: Command) => {
      const context = createContext(command);
      const body = { project: await context.project(), version, reason };
      await finish(context, await context.api.post<Started>('deploy/rollback', body), wait);
    });
}
