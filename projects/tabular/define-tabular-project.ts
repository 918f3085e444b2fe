import { SOURCE_COLUMN } from '../../core/dataset/feedback-rows.js';
import type { Row } from '../../core/dataset/row.js';
import { type DecisionRule, parseDecisionRule } from '../../core/experiment/decision-rule.js';
import type { FeatureSpec } from '../../core/features/feature-spec.js';
import { type DatasetSource, defineModelProject, type ModelProject } from '../../core/project.js';
import type { TabularColumn, TabularTarget } from './column.js';
import { tabularClean } from './tabular-clean.js';
import { tabularInput } from './tabular-input.js';

/** What a project over a plain table says; everything else has a default that it may name too. */
export type TabularProject = Pick<ModelProject, 'name' | 'prefix' | 'title' | 'training' | 'gates'> &
  Pick<DatasetSource<Row>, 'source' | 'fileVariable' | 'generate'> &
  Partial<Omit<ModelProject, 'task' | 'target' | 'input' | 'features' | 'dataset' | 'decision'>> & {
    readonly target: TabularTarget;
    readonly columns: readonly TabularColumn[];
    /** Numbers of the hourly decision that differ from the usual ones. */
    readonly decision?: Partial<DecisionRule>;
  };

/** A word that fewer training rows have than this is one of the others. */
const MIN_ROWS_OF_A_WORD = 5;

function featureOf(column: TabularColumn): FeatureSpec {
  const { name } = column;
  if (column.kind === 'category') return { name, kind: 'ordinal', categories: column.categories };
  if (column.kind === 'text') return { name, kind: 'target', smoothing: 10, minRows: MIN_ROWS_OF_A_WORD };
  return { name, kind: 'numeric' };
}

/** A model project over one table: the input, the cleaning and the features follow from its columns. */
export function defineTabularProject(given: TabularProject) {
  const { columns, target, source, fileVariable, generate, decision = {}, ...project } = given;
  return defineModelProject({
    candidateWeightPercent: 20,
    drift: { percentageThreshold: 20, scoreThreshold: 0.3 },
    schedules: { train: '0 2 * * 0', evaluate: '0 * * * *', drift: '0 3 * * *', timezone: 'UTC' },
    ...project,
    task: target.kind === 'class' ? 'classification' : 'regression',
    target:
      target.kind === 'class'
        ? { column: target.name, unit: 'class', classes: target.classes }
        : { column: target.name, unit: target.unit },
    input: tabularInput(columns),
    features: columns.map(featureOf),
    dataset: {
      columns: [...columns.map(({ name }) => name), target.name, SOURCE_COLUMN],
      clean: (rawCsv: string, feedback: readonly Row[] = []) => tabularClean(columns, target, rawCsv, feedback),
      ...(source && { source }),
      ...(fileVariable && { fileVariable }),
      ...(generate && { generate }),
    },
    decision: parseDecisionRule(decision),
  });
}
