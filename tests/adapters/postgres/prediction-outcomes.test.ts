import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPredictionReader } from '../../../adapters/postgres/prediction-window.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

// What people said of predictions, as the daily drift report reads it.

const classes = ['setosa', 'versicolor', 'virginica'];
let database: TestDatabase;
let said = 0;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function say(project: string, type: string, value: unknown, prediction: number): Promise<void> {
  await database.pool.query(
    `insert into feedback (prediction_id, project, type, value, model_version, variant, prediction, input)
     values ($5, $1, $2, $3, 'BO1', 'production', $4, '{}')`,
    [project, type, JSON.stringify(value), prediction, ++said],
  );
}

const today = { start: new Date(Date.now() - 3_600_000), end: new Date(Date.now() + 3_600_000) };
const outcomes = (project: string, names?: string[]) =>
  createPredictionReader(database.pool).outcomes(project, 'BO1', today, names);

test('a reported class is an error of 1 or none; a class that the project does not know says nothing', async () => {
  await say('iris', 'actual_class', 'setosa', 0);
  await say('iris', 'actual_class', 'virginica', 2);
  await say('iris', 'actual_class', 'virginica', 1);
  await say('iris', 'actual_class', 'versicolor', 0);
  await say('iris', 'actual_class', 'tulip', 0);
  await say('iris', 'comment', 'a nice flower', 0);
  // two of four: mean 1/2, sample variance 4 · ¼ / 3
  expect((await outcomes('iris', classes)).error).toEqual({
    n: 4,
    mean: 0.5,
    std: expect.closeTo(Math.sqrt(1 / 3), 12),
  });
});

test('a reported price is the relative error, and stars are as they are', async () => {
  await say('homes', 'actual_price', 80, 100);
  await say('homes', 'actual_price', 100, 100);
  await say('homes', 'rating', 4, 100);
  await say('homes', 'comment', 'dear', 100);
  const { error, ratings } = await outcomes('homes');
  expect(error).toMatchObject({ n: 2, mean: 0.125 });
  expect(ratings).toEqual({ n: 1, mean: 4, std: 0 });
});
