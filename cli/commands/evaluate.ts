import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { createContext } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { type DecisionView, decisionText } from './experiments.js';

const LOOK_EVERY_MS = 500;
const WAIT_MS = 90_000;

export function addEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('judge the open experiment now, as the hourly schedule does, and show the decision')
    .action(async (_options: unknown, command: Command) => {
      const context = createContext(command);
      const { api } = context;
      const project = await context.project();
      const { experiment } = await api.get<{ experiment: { id: number } | null }>('overview', { project });
      if (!experiment)
        throw new CliError(exitCodes.refused, `${project} has no open experiment: there is nothing to judge`);
      const latest = async () =>
        (await api.get<{ items: DecisionView[] }>(`experiments/${experiment.id}/decisions`, { limit: 1 })).items[0];
      const before = (await latest())?.id ?? 0;
      await api.post(`schedules/${project}-evaluate-hourly/trigger`, { reason: 'asked for on the command line' });
      for (let waited = 0; waited < WAIT_MS; waited += LOOK_EVERY_MS) {
        const decision = await latest();
        if (decision && decision.id > before) return context.print(decision, decisionText);
        await sleep(LOOK_EVERY_MS);
      }
      throw new CliError(
        exitCodes.failed,
        `no decision within ${WAIT_MS / 1000} s: does a worker run? (incumbent status)`,
      );
    });
}
