import type { Command } from 'commander';
import { createContext } from '../context.js';
import { facts, shown, table, time } from '../table.js';
import { addListOptions, type ListOptions, listFilter, type Page } from './lists.js';

interface VariantView {
  users: number;
  requests: number;
  errors: number;
  mean_latency_ms: number | null;
  ratings: number;
  mean_rating: number | null;
  score: number | null;
}

export interface DecisionView {
  id: number;
  experiment_id: number;
  policy: string;
  verdict: string;
  reason: string;
  decided_at: string;
  evaluation: { action: string; production: VariantView; candidate: VariantView };
}

interface ExperimentView {
  id: number;
  production_version: string;
  candidate_version: string;
  state: string;
  candidate_weight_percent: number;
  outcome: string | null;
  started_at: string | null;
  ended_at: string | null;
}

interface Reading {
  production: VariantView;
  candidate: VariantView;
}

function variantTable({ production, candidate }: Reading): string {
  const row = (name: string, of: VariantView) => [
    name,
    of.users,
    of.requests,
    of.errors,
    of.mean_latency_ms,
    of.ratings,
    of.mean_rating,
    of.score,
  ];
  const headings = ['VARIANT', 'USERS', 'REQUESTS', 'ERRORS', 'LATENCY ms', 'RATINGS', 'MEAN RATING', 'SCORE'];
  return table(headings, [row('production', production), row('candidate', candidate)]);
}

export function decisionText(decision: DecisionView): string {
  const head = facts([
    ['experiment', decision.experiment_id],
    ['verdict', decision.verdict],
    ['policy', decision.policy],
    ['reason', decision.reason],
    ['action', decision.evaluation.action],
    ['decided', time(decision.decided_at)],
  ]);
  return `${head}\n\n${variantTable(decision.evaluation)}`;
}

const experimentRow = (one: ExperimentView) => [
  one.id,
  one.production_version,
  one.candidate_version,
  one.state,
  one.candidate_weight_percent,
  one.outcome,
  time(one.started_at),
  time(one.ended_at),
];

export function addExperiments(program: Command): void {
  const experiments = program.command('experiments').description('candidates beside the production model');
  addListOptions(experiments.command('list', { isDefault: true }).description('experiments, newest first')).action(
    async (options: ListOptions, command: Command) => {
      const context = createContext(command);
      const query = { project: await context.project(), ...listFilter(options) };
      context.print(await context.api.get<Page<ExperimentView>>('experiments', query), ({ items }) =>
        table(
          ['ID', 'PRODUCTION', 'CANDIDATE', 'STATE', '% USERS', 'OUTCOME', 'STARTED (UTC)', 'ENDED'],
          items.map(experimentRow),
        ),
      );
    },
  );
  experiments
    .command('show')
    .argument('<id>', 'number of the experiment')
    .description('one experiment as of now')
    .action(async (id: string, _options: unknown, command: Command) => {
      const context = createContext(command);
      const path = `experiments/${encodeURIComponent(id)}`;
      const [experiment, reading] = await Promise.all([
        context.api.get<ExperimentView>(path),
        context.api.get<Reading>(`${path}/summary`),
      ]);
      context.print({ ...experiment, reading }, (one) => {
        const { candidate_version: candidate, production_version: production, state, outcome } = one;
        const what = `experiment ${one.id}: ${candidate} beside ${production}, ${state}`;
        return `${what}${outcome ? `, outcome ${shown(outcome)}` : ''}\n\n${variantTable(one.reading)}`;
      });
    });
  addListOptions(
    experiments
      .command('decisions')
      .argument('<id>', 'number of the experiment')
      .description('every look at an experiment, newest first'),
  ).action(async (id: string, options: ListOptions, command: Command) => {
    const context = createContext(command);
    const path = `experiments/${encodeURIComponent(id)}/decisions`;
    context.print(await context.api.get<Page<DecisionView>>(path, listFilter(options)), ({ items }) =>
      table(
        ['ID', 'DECIDED (UTC)', 'VERDICT', 'POLICY', 'REASON'],
        items.map((one) => [one.id, time(one.decided_at), one.verdict, one.policy, one.reason]),
      ),
    );
  });
  experiments
    .command('stop')
    .argument('<id>', 'number of the experiment')
    .description('end an experiment without a verdict; its users go to production')
    .requiredOption('--reason <text>', 'why, for the audit log')
    .action(async (id: string, { reason }: { reason: string }, command: Command) => {
      const context = createContext(command);
      const started = await context.api.post<{ job_id: string }>(`experiments/${encodeURIComponent(id)}/stop`, {
        reason,
      });
      context.print(started, ({ job_id: job }) => `experiment ${id} is being stopped (${job})`);
    });
}
