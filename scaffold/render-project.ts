import type { ProjectPlan } from './plan-project.js';

const quoted = (text: string) =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;

/** A value as TypeScript source; plain keys go without quotation marks. */
function source(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(source).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(
    ([key, inner]) => `${/^[a-z_$][\w$]*$/i.test(key) ? key : quoted(key)}: ${source(inner)}`,
  );
  return `{ ${members.join(', ')} }`;
}

/** One comment line; what a file says of itself must not end it. */
const comment = (text: string) => `// ${text.replace(/\s+/g, ' ')}`;

const camel = (name: string) => name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** `project.ts` of a plan. */
export function renderProject({ definition, leftOut, rows, cleanRows, metrics }: ProjectPlan): string {
  const { columns, source: _, ...rest } = definition;
  const { name, prefix, title, target, example, training, gates, judgedBy, endpoints, ports } = rest;
  const figures = ['accuracy', 'r2', 'mae'].flatMap((key) =>
    key in metrics ? [`${key} ${metrics[key]!.toPrecision(3)}`] : [],
  );
  return `import { defineTabularProject } from '../tabular/define-tabular-project.js';

${comment(`Made from a file of ${rows} rows, of which ${cleanRows} are usable. A trial reached ${figures.join(', ')} on the rows held out.`)}
${leftOut.map(({ header, reason }) => comment(`Left out: ${header} (${reason})`)).join('\n')}

export const ${camel(name)} = defineTabularProject({
  name: ${source(name)},
  prefix: ${source(prefix)},
  title: ${source(title)},
  columns: [
${columns.map((column) => `    ${source(column)},`).join('\n')}
  ],
  target: ${source(target)},
  source: { kind: 'file', path: new URL('./data.csv', import.meta.url) },
  example: ${source(example)},
  training: ${source(training)},
  gates: ${source(gates)},
  judgedBy: ${source(judgedBy)},
  endpoints: ${source(endpoints)},
  ports: ${source(ports)},
});
`;
}

/** `project.test.ts` of a plan. */
export function renderTest({ definition, cleanRows }: ProjectPlan): string {
  const { name, target, columns } = definition;
  const project = camel(name);
  const required = columns.find(({ optional }) => !optional);
  return `import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseInput } from '../../core/features/parse-input.js';
import { trial } from '../../core/training/trial.js';
import { ${project} } from './project.js';

const { rows, profile } = ${project}.dataset.clean(readFileSync(new URL('./data.csv', import.meta.url), 'utf8'));

test('the file is read and cleaned to rows with a known ${target.name}', () => {
  expect(profile.rows).toBe(${cleanRows});
  expect(rows.every((row) => row.${target.name} !== null)).toBe(true);
});

test('the example is accepted${required ? `, and a request without ${required.name} is refused by name` : ''}', () => {
  const example = { ...${project}.example };
  expect(Object.keys(parseInput(${project}.input, example))).toEqual(${project}.features.map((feature) => feature.name));
${required ? `  expect(() => parseInput(${project}.input, { ...example, ${required.name}: undefined })).toThrow('${required.name} is missing');\n` : `  expect(() => parseInput(${project}.input, [])).toThrow('expected object');\n`}});

test('a model of the training rows passes the gates on those held out', () => {
  expect(trial(${project}, rows, 1).failures).toEqual([]);
});
`;
}
