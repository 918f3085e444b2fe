import { expect, test } from 'vitest';
import { DatasetInvalidError, DomainError, InvalidInputError } from '../../core/errors.js';
import { parseInput } from '../../core/features/parse-input.js';
import { trial } from '../../core/training/trial.js';
import { checkProject } from '../../projects/check-project.js';
import { defineTabularProject } from '../../projects/tabular/define-tabular-project.js';
import { planProject } from '../../scaffold/plan-project.js';
import { churnCsv } from './churn-csv.js';

const base = {
  name: 'churn',
  ports: { router: 7002, production: 6021, candidate: 6022 },
  path: new URL('file:///data.csv'),
};
const plan = (text: string, target: string, task?: 'regression' | 'classification') =>
  planProject(text, { ...base, target, ...(task && { task }) });

/** Rows of a small table with a target that follows from x. */
const table = (rows: number, cells: (i: number) => string, header = 'x,y') =>
  `${header}\n${Array.from({ length: rows }, (_, i) => cells(i)).join('\n')}\n`;

test('columns are found for what they hold, and what says nothing or too much is left out with its reason', () => {
  const { definition, leftOut, rows, cleanRows } = plan(churnCsv(400), 'Churn');
  expect([rows, cleanRows]).toEqual([400, 400]);
  expect(definition.columns).toEqual([
    { name: 'gender', header: 'Gender', optional: true, kind: 'category', categories: ['Female', 'Male'] },
    { name: 'tenure', kind: 'number', min: 0, max: 144, integer: true },
    { name: 'contract', header: 'Contract', kind: 'category', categories: ['Month-to-month', 'One year', 'Two year'] },
    { name: 'monthly_charges', header: 'Monthly Charges ($)', kind: 'number', min: 0, max: expect.any(Number) },
    { name: 'signup', kind: 'date' },
    { name: 'class', kind: 'category', categories: ['A', 'B'] },
    { name: 'column_proto', header: '__proto__', kind: 'category', categories: ['x', 'y'] },
    { name: 'column_source', header: 'source', kind: 'category', categories: ['shop', 'web'] },
  ]);
  expect(definition.target).toEqual({ name: 'churn', header: 'Churn', kind: 'class', classes: ['No', 'Yes'] });
  expect(leftOut.map(({ header }) => header)).toEqual(['customerID', 'note', 'plan', 'Churn Value']);
  expect(leftOut.at(-1)?.reason).toBe('says the same as Churn: the model would be told the answer');
});

test('what is planned is a project that takes its example and passes its gates, whatever the seed', () => {
  const text = churnCsv(800);
  const { definition, metrics } = plan(text, 'churn');
  const project = defineTabularProject(definition);
  expect(checkProject(project).name).toBe('churn');
  expect(parseInput(project.input, project.example)).toMatchObject({ contract: expect.any(String) });
  // those with a contract by the month leave in more than half of all cases, the others seldom
  expect(metrics.accuracy).toBeGreaterThan(0.65);
  const { rows } = project.dataset.clean(text);
  for (const seed of [1, 2, 3]) expect(trial(project, rows, seed).failures).toEqual([]);
});

test('a number is predicted as one, and a few whole numbers are classes unless the task says otherwise', () => {
  const numbers = table(200, (i) => `${i % 17},${2 * (i % 17) + 0.5}`);
  const regression = plan(numbers, 'y');
  expect(regression.definition.target).toEqual({ name: 'y', kind: 'number', unit: 'y' });
  expect(regression.metrics.r2).toBeGreaterThan(0.9);
  const marks = table(200, (i) => `${i % 17},${(i % 17) % 3}`);
  expect(plan(marks, 'y').definition.target).toEqual({ name: 'y', kind: 'class', classes: ['0', '1', '2'] });
  expect(plan(marks, 'y', 'regression').definition.target.kind).toBe('number');
});

const wide = (columns: number) => {
  const head = Array.from({ length: columns }, (_, i) => `c${i}`).join(',');
  return `${head}\n${Array(columns).fill('1').join(',')}\n`;
};

test.each<[string, string, string, string, ('regression' | 'classification')?]>([
  ['no such target', table(60, (i) => `${i},1`), 'z', "there is no column 'z'; the file has: x, y"],
  ['a target that is empty', table(60, (i) => `${i},`), 'y', "the target 'y' is empty in every row"],
  ['a constant target', table(60, (i) => `${i},7`), 'y', "the target 'y' is '7' in every row"],
  [
    'one class with enough rows',
    table(60, (i) => `${i},${i === 3 ? 'b' : 'a'}`),
    'y',
    "the target 'y' has one class ('a') with 5 rows or more",
  ],
  [
    'too many classes',
    table(600, (i) => `${i},k${i % 60}`),
    'y',
    "the target 'y' has 60 classes, at most 50 are taken",
  ],
  [
    'text for a regression',
    table(60, (i) => `${i},k${i % 3}`),
    'y',
    "holds text ('k0'): a regression predicts numbers",
    'regression',
  ],
  ['too few rows', table(20, (i) => `${i},${i % 2}`), 'y', '20 rows have a target, at least 50 are needed'],
  ['one column', 'y\n1\n2\n', 'y', 'the file has one column: a target'],
  [
    'one column for the semicolons in it',
    'x;y\n1;2\n',
    'y',
    'the file has one column (columns are separated by commas)',
  ],
  ['10,000 columns', wide(10_000), 'c1', 'the file has 10000 columns, at most 500 are taken'],
  ['a column twice', 'x,x,y\n1,2,3\n', 'y', 'the column "x" appears twice'],
  ['a column without a name', 'x,,y\n1,2,3\n', 'y', 'column 2 has no name'],
  ['no rows', 'x,y\n', 'y', 'a header and no rows'],
  ['nothing', '', 'y', 'the file is empty'],
  ['rows of different lengths', 'x,y\n1,2\n3\n', 'y', 'row 3: '],
  ['bytes that are no text', 'x,y\n\0,2\n', 'y', 'NUL characters'],
  [
    'no input left',
    table(60, (i) => `same,${i % 2}`),
    'y',
    "no column is left to predict 'y' from (x: 'same' in every row)",
  ],
])('a file with %s is refused with what is wrong', (_, text, target, message, task) => {
  const make = () => plan(text, target, task);
  expect(make).toThrow(DomainError);
  expect(make).toThrow(message);
});

test('who looks for the target by another spelling of its letters finds it, unless two would do', () => {
  expect(
    plan(
      table(60, (i) => `${i % 7},${i % 2}`, 'x,Y'),
      'y',
    ).definition.target,
  ).toMatchObject({ name: 'y', header: 'Y' });
  expect(() =>
    plan(
      table(60, (i) => `1,${i % 2},${i}`, 'x,Ab,aB'),
      'ab',
    ),
  ).toThrow(InvalidInputError);
});

test('names that would collide or mean something else are made safe', () => {
  const header = 'Größe,größe!,2024,constructor,source,???,y';
  const text = table(
    80,
    (i) => `${i % 7},${i % 5},${i % 9},${i % 4},${i % 6},${i % 11},${i % 7 > 3 ? 'a' : 'b'}`,
    header,
  );
  const { definition } = plan(text, 'y');
  const names = ['grosse', 'grosse_2', 'column_2024', 'column_constructor', 'column_source', 'column_6'];
  expect(definition.columns.map(({ name }) => name)).toEqual(names);
});

test('a column that is the target once more is left out, one that it merely follows from is not', () => {
  const classes = table(90, (i) => `${'abc'[i % 3]},${i % 7},${i % 3}`, 'again,x,y');
  expect(plan(classes, 'y').leftOut.map(({ header }) => header)).toEqual(['again']);
  const numbers = table(90, (i) => `${(i % 30) / 2}.0,${i % 30},${(i % 30) / 2}`, 'again,x,y').replaceAll(
    '.5.0',
    '.50',
  );
  const { leftOut, definition } = plan(numbers, 'y');
  expect(leftOut.map(({ header }) => header)).toEqual(['again']);
  expect(definition.columns.map(({ name }) => name)).toEqual(['x']);
});

test('a class that has too few rows is not one, and its rows are left out', () => {
  const text = table(103, (i) => `${i % 9},${i > 99 ? 'rare' : i % 2 ? 'a' : 'b'}`);
  const { definition, cleanRows } = plan(text, 'y');
  expect(definition.target).toMatchObject({ classes: ['a', 'b'] });
  expect(cleanRows).toBe(100);
  expect(() => plan(text, 'y')).not.toThrow(DatasetInvalidError);
});
