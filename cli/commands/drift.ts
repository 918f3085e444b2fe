import type { Command } from 'commander';
import { createContext } from '../context.js';
import { facts, table, time } from '../table.js';
import { addListOptions, type ListOptions, listFilter, type Page } from './lists.js';

interface DistributionRow {
  name: string;
  status: string;
  effect_size: number | null;
  effect_line: number;
  p_adjusted: number | null;
  reason: string;
}

interface DriftView {
  id: number;
  model_version: string;
  window_start: string;
  window_end: string;
  rows: number;
  drifted: boolean;
  score: number | null;
  report: { status?: string; reason?: string; features?: DistributionRow[]; prediction?: DistributionRow };
  created_at: string;
}

function reportText({
  model_version: version,
  window_start: from,
  window_end: to,
  rows,
  score,
  report,
}: DriftView): string {
  const { features = [], prediction } = report;
  const distributions = prediction ? [...features, prediction] : features;
  return [
    facts([
      ['model', version],
      ['window (UTC)', `${time(from)} to ${time(to)}`],
      ['predictions', rows],
      ['status', report.status],
      ['score', score],
      ['reason', report.reason],
    ]),
    table(
      ['DISTRIBUTION', 'STATUS', 'EFFECT', 'LINE', 'P ADJUSTED'],
      distributions.map((one) => [one.name, one.status, one.effect_size, one.effect_line, one.p_adjusted]),
    ),
  ].join('\n\n');
}

export function addDrift(program: Command): void {
  const drift = program.command('drift').description('whether users still ask about what the model was trained on');
  drift
    .command('show', { isDefault: true })
    .description('the latest report')
    .action(async (_options: unknown, command: Command) => {
      const context = createContext(command);
      const query = { project: await context.project(), limit: 1 };
      const [latest = null] = (await context.api.get<Page<DriftView>>('monitoring/drift', query)).items;
      context.print(latest, (one) => (one ? reportText(one) : 'no drift report yet'));
    });
  addListOptions(drift.command('list').description('reports, newest first')).action(
    async (options: ListOptions, command: Command) => {
      const context = createContext(command);
      const query = { project: await context.project(), ...listFilter(options) };
      context.print(await context.api.get<Page<DriftView>>('monitoring/drift', query), ({ items }) =>
        table(
          ['ID', 'MADE (UTC)', 'MODEL', 'ROWS', 'SCORE', 'DRIFTED'],
          items.map((one) => [one.id, time(one.created_at), one.model_version, one.rows, one.score, one.drifted]),
        ),
      );
    },
  );
}
