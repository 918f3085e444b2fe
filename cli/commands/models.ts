import type { Command } from 'commander';
import { createContext } from '../context.js';
import { facts, table, time } from '../table.js';
import { addListOptions, type ListOptions, listFilter, type Page } from './lists.js';

interface ModelView {
  version: string;
  semantic_version: string;
  state: string;
  dataset_number: number | null;
  parent_version: string | null;
  metrics: Record<string, number>;
  hyperparameters: Record<string, unknown>;
  artifact_prefix: string;
  notes: string;
  tags: string[];
  created_at: string;
}

interface ModelDetail extends ModelView {
  importances: Record<string, number> | null;
}

type Pairs = Record<string, { a: unknown; b: unknown }>;

interface Comparison {
  a: ModelView;
  b: ModelView;
  metrics: Pairs;
  hyperparameters: Pairs;
  importances: Pairs;
  schema: { same: boolean; only_a: string[]; only_b: string[] };
  predictions: {
    unit: string;
    mean_absolute_difference: number | null;
    largest_difference: number | null;
    rows: unknown[];
  };
}

function modelText(model: ModelDetail): string {
  const largest = Object.entries(model.importances ?? {}).sort(([, a], [, b]) => b - a);
  return [
    facts([
      ['version', `${model.version} (${model.semantic_version})`],
      ['state', model.state],
      ['data set', model.dataset_number],
      ['parent', model.parent_version],
      ['made', time(model.created_at)],
      ['files', model.artifact_prefix],
      ['tags', model.tags.join(' ')],
      ['notes', model.notes],
    ]),
    table(['METRIC', 'VALUE'], Object.entries(model.metrics)),
    table(['HYPERPARAMETER', 'VALUE'], Object.entries(model.hyperparameters)),
    table(['FEATURE', 'IMPORTANCE'], largest),
  ].join('\n\n');
}

function comparisonText({ a, b, metrics, hyperparameters, importances, schema, predictions }: Comparison): string {
  const pairs = (title: string, of: Pairs) =>
    table(
      [title, a.version, b.version],
      Object.entries(of).map(([name, pair]) => [name, pair.a, pair.b]),
    );
  const features = schema.same
    ? 'both read the same features'
    : `only ${a.version}: ${schema.only_a.join(', ') || '–'}; only ${b.version}: ${schema.only_b.join(', ') || '–'}`;
  const { unit, mean_absolute_difference: mean, largest_difference: largest, rows } = predictions;
  return [
    pairs('METRIC', metrics),
    pairs('HYPERPARAMETER', hyperparameters),
    pairs('IMPORTANCE', importances),
    features,
    facts([
      ['same rows predicted', rows.length],
      [`mean difference, ${unit}`, mean],
      [`largest difference, ${unit}`, largest],
    ]),
  ].join('\n\n');
}

export function addModels(program: Command): void {
  const models = program.command('models').description('model versions');
  addListOptions(models.command('list', { isDefault: true }).description('model versions, newest first'))
    .option('--state <state>', 'only these: staged, candidate, production, retired, rejected, deleted')
    .option('--kind <kind>', 'only BO or CO')
    .action(async (options: ListOptions & { state?: string; kind?: string }, command: Command) => {
      const context = createContext(command);
      const { state, kind } = options;
      const query = { project: await context.project(), state, kind, ...listFilter(options) };
      context.print(await context.api.get<Page<ModelView>>('models', query), ({ items }) =>
        table(
          ['VERSION', 'SEMANTIC', 'STATE', 'DATA SET', 'R²', 'MAE', 'MADE (UTC)', 'TAGS'],
          items.map((one) => [
            one.version,
            one.semantic_version,
            one.state,
            one.dataset_number,
            one.metrics.r2 ?? null,
            one.metrics.mae ?? null,
            time(one.created_at),
            one.tags.join(' '),
          ]),
        ),
      );
    });
  models
    .command('show')
    .argument('<version>', 'such as BO1 or CO12')
    .description('one version with its metrics and importances')
    .action(async (version: string, _options: unknown, command: Command) => {
      const context = createContext(command);
      const path = `models/${encodeURIComponent(version)}`;
      context.print(await context.api.get<ModelDetail>(path, { project: await context.project() }), modelText);
    });
  models
    .command('compare')
    .argument('<a>', 'such as BO1')
    .argument('<b>', 'such as CO12')
    .description('two versions side by side, with their predictions for the same rows')
    .action(async (a: string, b: string, _options: unknown, command: Command) => {
      const context = createContext(command);
      context.print(
        await context.api.get<Comparison>('models/compare', { project: await context.project(), a, b }),
        comparisonText,
      );
    });
}
