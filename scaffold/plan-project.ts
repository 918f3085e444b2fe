import { DatasetInvalidError } from '../core/errors.js';
import type { GateSettings } from '../core/gates/gate-settings.js';
import type { ProjectPorts } from '../core/project.js';
import { trial } from '../core/training/trial.js';
import type { TabularColumn, TabularTarget } from '../projects/tabular/column.js';
import { defineTabularProject, type TabularProject } from '../projects/tabular/define-tabular-project.js';
import { chooseTarget, findTarget, type Task } from './choose-target.js';
import { exampleOf } from './example-of.js';
import { type Finding, inspectColumn } from './inspect-column.js';
import { readTable } from './read-table.js';
import { safeNames } from './safe-names.js';
import { tellsTarget } from './tells-target.js';

const FEW_NUMBERS = 10;

export interface PlanOptions {
  readonly name: string;
  readonly target: string;
  readonly task?: Task;
  readonly ports: ProjectPorts;
  /** Where the project will find its file. */
  readonly path: URL;
}

export interface LeftOut {
  readonly header: string;
  readonly reason: string;
}

/** A project that has been tried on its data. */
export interface ProjectPlan {
  readonly definition: TabularProject;
  readonly leftOut: readonly LeftOut[];
  readonly rows: number;
  /** Left after cleaning. */
  readonly cleanRows: number;
  /** Of the trial, on the rows it held out. */
  readonly metrics: Readonly<Record<string, number>>;
}

/**
 * Room for values that the file does not hold: as far again below and above. What cannot be negative stays so, and a few
 * whole numbers (0 and 1, marks of 1 to 5) are all there are.
 */
function limits({ min, max, integer, distinct }: Extract<Finding, { kind: 'number' }>) {
  if (integer && distinct <= FEW_NUMBERS && max - min < FEW_NUMBERS) return { min, max };
  const span = Math.max(max - min, Math.abs(max), 1);
  return { min: min >= 0 ? 0 : Math.floor(min - span), max: Math.ceil(max + span) };
}

function columnFrom(header: string, name: string, finding: Finding): TabularColumn | null {
  const common = { name, ...(header !== name && { header }), ...(finding.missing > 0 && { optional: true }) };
  switch (finding.kind) {
    case 'number':
      return { ...common, kind: 'number', ...limits(finding), ...(finding.integer && { integer: true }) };
    case 'category':
      return { ...common, kind: 'category', categories: finding.categories as readonly [string, ...string[]] };
    case 'left-out':
      return null;
    default:
      return { ...common, kind: finding.kind };
  }
}

/** Below what the trial reached by more than chance moves it; a little better than knowing nothing at the least. */
function gatesFor(
  kind: TabularTarget['kind'],
  metrics: Readonly<Record<string, number>>,
  held: number,
): GateSettings['metrics'] {
  if (kind === 'class') {
    const { accuracy = 0 } = metrics;
    const chance = 3 * Math.sqrt((accuracy * (1 - accuracy)) / held);
    return { accuracy: { min: Math.max(0, Math.floor((accuracy - Math.max(chance, 0.05)) * 100) / 100) } };
  }
  const { r2 = 0 } = metrics;
  return { r2: { min: Math.floor((r2 - 0.15) * 100) / 100 } };
}

/**
 * Looks at a CSV file and makes a project of it: what each column holds, what is left out and why, and gates from a trial
 * training on the very rows that trainings will use.
 *
 * @param text of the file
 * @throws {InvalidInputError} when there is no such target
 * @throws {DatasetInvalidError} when the file is no usable table, the target cannot be learnt or no input is left
 */
export function planProject(text: string, { name, target: wanted, task, ports, path }: PlanOptions): ProjectPlan {
  const table = readTable(text);
  const names = safeNames(table.headers);
  const at = findTarget(table, wanted);
  const targetCells = table.columns[at]!;
  const target = chooseTarget(table.headers[at]!, names[at]!, targetCells, task);

  const leftOut: LeftOut[] = [];
  const columns: TabularColumn[] = [];
  for (const [i, header] of table.headers.entries()) {
    if (i === at) continue;
    const cells = table.columns[i]!;
    const finding = inspectColumn(header, cells);
    const column = columnFrom(header, names[i]!, finding);
    if (column && tellsTarget(cells, targetCells, target.kind === 'number')) {
      leftOut.push({ header, reason: `says the same as ${table.headers[at]}: the model would be told the answer` });
    } else if (column) columns.push(column);
    else leftOut.push({ header, reason: (finding as Extract<Finding, { kind: 'left-out' }>).reason });
  }
  if (columns.length === 0) {
    const reasons = leftOut.map(({ header, reason }) => `${header}: ${reason}`).join('; ');
    throw new DatasetInvalidError(`no column is left to predict '${table.headers[at]}' from (${reasons})`);
  }

  const testRatio = table.rows < 500 ? 0.3 : 0.2;
  const draft: TabularProject = {
    name,
    prefix: name.replaceAll('-', '_'),
    title: `${table.headers[at]} (${name})`,
    columns,
    target,
    source: { kind: 'file', path },
    example: exampleOf(table, names, columns),
    training: {
      algorithm: 'forest',
      hyperparameters: { trees: 100, maxDepth: 12, minSamplesLeaf: table.rows < 1_000 ? 2 : 3, maxFeatures: 0.6 },
      testRatio,
      minRows: Math.max(30, Math.floor(table.rows / 2)),
    },
    gates: { metrics: {}, maxLossIncrease: 0.1 },
    judgedBy: target.kind === 'class' ? 'labels' : 'ratings',
    endpoints: { predict: { name: name.replaceAll('-', '_'), answer: target.name } },
    ports,
  };
  const { rows } = defineTabularProject(draft).dataset.clean(text);
  const training = { ...draft.training, minRows: Math.max(30, Math.floor(rows.length / 2)) };
  if (rows.length < training.minRows) {
    throw new DatasetInvalidError(`${rows.length} of ${table.rows} rows are usable, at least 30 are needed`);
  }
  const { metrics } = trial(defineTabularProject({ ...draft, training }), rows);
  const gates = { metrics: gatesFor(target.kind, metrics, testRatio * rows.length), maxLossIncrease: 0.1 };
  return { definition: { ...draft, training, gates }, leftOut, rows: table.rows, cleanRows: rows.length, metrics };
}
