import type { Command } from 'commander';
import { createContext } from '../context.js';
import { facts, shown, table, time } from '../table.js';

interface SlotView {
  version: string;
  since: string | null;
  metrics: Record<string, number>;
}

interface Overview {
  project: string;
  production: SlotView | null;
  candidate: SlotView | null;
  experiment: { id: number; state: string; candidate_weight_percent: number; started_at: string | null } | null;
  instances: { id: string; role: string; version: string | null; healthy: boolean; error: string | null }[];
  schedules: { id: string; next_run: string | null; paused: boolean }[];
  last_decision: { verdict: string; reason: string; decided_at: string } | null;
  unavailable: string[];
}

const slot = (held: SlotView | null) =>
  held ? `${held.version} since ${time(held.since)}, R² ${shown(held.metrics.r2 ?? null)}` : null;

function overviewText(view: Overview): string {
  const { experiment, last_decision: decision } = view;
  const comparison = experiment
    ? `${experiment.id}, ${experiment.state}, ${experiment.candidate_weight_percent} % of users, since ${time(experiment.started_at)}`
    : null;
  const parts = [
    facts([
      ['project', view.project],
      ['production', slot(view.production)],
      ['candidate', slot(view.candidate)],
      ['experiment', comparison],
      ['last decision', decision ? `${decision.verdict} at ${time(decision.decided_at)}: ${decision.reason}` : null],
    ]),
    table(
      ['INSTANCE', 'ROLE', 'VERSION', 'HEALTHY', 'ERROR'],
      view.instances.map((one) => [one.id, one.role, one.version, one.healthy, one.error]),
    ),
    table(
      ['SCHEDULE', 'NEXT RUN (UTC)', 'PAUSED'],
      view.schedules.map((one) => [one.id, time(one.next_run), one.paused]),
    ),
  ];
  if (view.unavailable.length > 0) parts.push(`does not answer: ${view.unavailable.join(', ')}`);
  return parts.join('\n\n');
}

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('what the project serves, compares and does next')
    .action(async (_options: unknown, command: Command) => {
      const context = createContext(command);
      context.print(await context.api.get<Overview>('overview', { project: await context.project() }), overviewText);
    });
}
