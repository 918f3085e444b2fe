import { expect, test } from 'vitest';
import { irisCsv } from '../../projects/iris/iris-csv.js';
import { iris } from '../../projects/iris/project.js';
import { defineTabularProject } from '../../projects/tabular/define-tabular-project.js';
import { askedRows } from '../../stack/traffic/asked-rows.js';
import { replyTo } from '../../stack/traffic/row-player.js';

const dated = defineTabularProject({
  name: 'dated',
  prefix: 'dated',
  title: 'Dated',
  columns: [{ name: 'opened', kind: 'date' }],
  target: { name: 'y', kind: 'number', unit: '' },
  source: { kind: 'package', package: 'none', read: () => 'opened,y\n2020-02-29,3\n' },
  training: { algorithm: 'forest', hyperparameters: { trees: 1 }, testRatio: 0.2, minRows: 1 },
  gates: { metrics: {}, maxLossIncrease: 0 },
});

test('every flower is asked about, with its species as the truth', async () => {
  const rows = await askedRows(iris, {});
  expect(rows).toHaveLength(irisCsv().trim().split('\n').length - 1);
  expect(rows[0]).toEqual({
    input: { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 },
    actual: 'setosa',
  });
});

test('dates are asked as people write them', async () => {
  expect(await askedRows(dated, {})).toEqual([{ input: { opened: '2020-02-29' }, actual: 3 }]);
});

test('visitors tell the true class where labels count, else stars by how near the answer was', () => {
  const setosa = { prediction: 0, class: 'setosa' };
  expect(replyTo(iris, setosa, 'setosa')).toEqual({ type: 'actual_class', value: 'setosa', points: 5 });
  expect(replyTo(iris, setosa, 'virginica')).toEqual({ type: 'actual_class', value: 'virginica', points: 0 });
  expect(replyTo({ task: 'classification' }, setosa, 'virginica')).toMatchObject({ type: 'rating', value: 1 });
  expect(replyTo(dated, { prediction: 3 }, 3)).toEqual({ type: 'rating', value: 5, points: 5 });
  // 20 % off: 5 − 7.5 · 0.2 = 3.5, rounded to 4; all of it off is one star
  expect(replyTo(dated, { prediction: 80 }, 100)).toMatchObject({ type: 'rating', value: 4 });
  expect(replyTo(dated, { prediction: 0 }, 100)).toMatchObject({ type: 'rating', value: 1 });
});
