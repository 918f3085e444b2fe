import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { type CliContext, createContext } from '../context.js';
import type { ControlApi } from '../control-api.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { serverEvents } from '../server-events.js';
import { facts, shown } from '../table.js';

interface TrainingStatus {
  job_id: string;
  status: string;
  stage: string | null;
  progress: number | null;
  version: string | null;
  message: string | null;
  error: string | null;
  outcome: string | null;
  metrics: Record<string, number | null> | null;
}

interface LogLine {
  id: number;
  at: string;
  level: string;
  message: string;
}

const RECONNECT_MS = 1_000;
const RECONNECTS = 30;

function statusText(status: TrainingStatus): string {
  const { r2 = null, mae = null } = status.metrics ?? {};
  return facts([
    ['job', status.job_id],
    ['status', status.status],
    ['stage', status.stage],
    ['progress', status.progress === null ? null : `${Math.round(status.progress * 100)} %`],
    ['version', status.version],
    ['outcome', status.outcome],
    ['R²', r2],
    ['mean absolute error', mae],
    ['message', status.error ?? status.message],
  ]);
}

const stepText = ({ stage, progress, message }: TrainingStatus) =>
  `${Math.round((progress ?? 0) * 100)}`.padStart(3) +
  ` %  ${stage ?? 'starting'}${message ? `: ${shown(message)}` : ''}`;

/** Shows a training's events as they come, until it ends. A connection that is lost is taken up again where it was. */
async function follow(context: CliContext, job: string): Promise<void> {
  let last = '';
  let said = '';
  for (let attempts = 0; ; attempts++) {
    try {
      const headers = { accept: 'text/event-stream', ...(last === '' ? {} : { 'last-event-id': last }) };
      const { body } = await context.api.send('GET', `training/logs/${job}`, { headers });
      for await (const { event, data, id } of serverEvents(body as AsyncIterable<Uint8Array>)) {
        if (event === 'end') return;
        attempts = 0;
        last = id ?? last;
        const line = event === 'line' ? (data as LogLine) : null;
        const text = line
          ? `${line.at.slice(11, 19)}  ${line.level}  ${shown(line.message)}`
          : stepText(data as TrainingStatus);
        if (text !== said) context.tell(text);
        said = text;
      }
    } catch (error) {
      const lost = error instanceof TypeError || (error instanceof CliError && error.exitCode === exitCodes.away);
      if (!lost || attempts >= RECONNECTS) throw error;
    }
    await sleep(RECONNECT_MS);
  }
}

function checkEnd({ status, outcome, error }: TrainingStatus): void {
  if (status !== 'completed')
    throw new CliError(exitCodes.failed, `the training ${status}: ${error ?? 'no reason given'}`);
  if (outcome === 'rejected') throw new CliError(exitCodes.failed, 'the gates kept the model out');
}

const status = (api: ControlApi, job: string) => api.get<TrainingStatus>(`training/status/${encodeURIComponent(job)}`);

function seed(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 4_294_967_295) {
    throw new InvalidArgumentError('a whole number from 0 to 4294967295');
  }
  return value;
}

interface TrainOptions {
  readonly seed?: number;
  readonly reason: string;
  readonly wait: boolean;
  readonly job?: string;
}

export function addTrain(program: Command): void {
  program
    .command('train')
    .description('train a candidate now and follow it')
    .option('--seed <number>', 'seed of the training', seed)
    .option('--reason <text>', 'why, for the audit log', 'started on the command line')
    .option('--no-wait', 'print the job and do not follow it')
    .option('--job <id>', 'follow a training that was started before')
    .action(async ({ seed, reason, wait, job: known }: TrainOptions, command: Command) => {
      const context = createContext(command);
      const { api } = context;
      let job = known;
      if (job === undefined) {
        const body = {
          project: await context.project(),
          reason,
          ...(seed === undefined ? {} : { random_state: seed }),
        };
        job = (await api.post<{ job_id: string }>('training/start', body)).job_id;
      }
      if (!wait) return context.print(await status(api, job), statusText);
      context.tell(`training ${job}`);
      await follow(context, job);
      const end = await status(api, job);
      context.print(end, statusText);
      checkEnd(end);
    });
}
