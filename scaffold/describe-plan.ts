import type { TabularColumn } from '../projects/tabular/column.js';
import type { ProjectPlan } from './plan-project.js';

function holds(column: TabularColumn): string {
  const optional = column.optional ? ', may be missing' : '';
  switch (column.kind) {
    case 'number':
      return `${column.integer ? 'whole number' : 'number'} from ${column.min} to ${column.max}${optional}`;
    case 'category':
      return `one of ${column.categories.slice(0, 5).join(', ')}${column.categories.length > 5 ? `, … (${column.categories.length})` : ''}${optional}`;
    case 'text':
      return `text of many values${optional}`;
    case 'date':
      return `date${optional}`;
  }
}

/** What was found in the file, for whoever started it. */
export function describePlan({ definition, leftOut, rows, cleanRows, metrics }: ProjectPlan): string {
  const { columns, target, gates, name } = definition;
  const what = target.kind === 'class' ? `one of ${target.classes.join(', ')}` : 'a number';
  const widest = Math.max(...columns.map((column) => column.name.length));
  const told = ['accuracy', 'macroF1', 'r2', 'mae'].filter((key) => key in metrics);
  return [
    `${name}: predicts ${target.name} (${what}) from ${columns.length} columns; ${cleanRows} of ${rows} rows are usable`,
    ...columns.map((column) => `  ${column.name.padEnd(widest)}  ${holds(column)}`),
    ...leftOut.map(({ header, reason }) => `  left out: ${header} (${reason})`),
    `A trial reached ${told.map((key) => `${key} ${metrics[key]!.toPrecision(3)}`).join(', ')} on rows that it had not seen; gates: ${JSON.stringify(gates.metrics)}`,
  ].join('\n');
}
