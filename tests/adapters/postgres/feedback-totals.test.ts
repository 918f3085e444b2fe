import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFeedbackStore } from '../../../adapters/postgres/feedback-store.js';
import { readFeedbackTotals } from '../../../adapters/postgres/performance-reader.js';
import { iris } from '../../../projects/iris/project.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('of the true classes that were told, those count as right that had been predicted; one taken back is none', async () => {
  const { pool } = database;
  const feedback = createFeedbackStore(pool, iris);
  // predicted: setosa, versicolor, virginica, setosa
  for (const [i, predicted] of [0, 1, 2, 0].entries()) {
    await pool.query(
      `insert into predictions (id, project, model_version, variant, input, prediction, latency_ms, created_at)
       values ($1, 'iris', 'BO1', 'production', '{}', $2, 1, now())`,
      [i + 1, predicted],
    );
  }
  for (const [id, value] of [
    [1, 'setosa'],
    [2, 'virginica'],
    [3, 'virginica'],
    [4, 'versicolor'],
  ] as const) {
    await feedback.record(id, { type: 'actual_class', value });
  }
  await feedback.withdraw(4, 'actual_class');
  const hour = 3_600_000;
  const totals = await readFeedbackTotals(
    pool,
    'iris',
    new Date(Date.now() - hour),
    new Date(Date.now() + hour),
    iris.target.classes ?? [],
  );
  expect(totals).toMatchObject([{ variant: 'production', modelVersion: 'BO1', actualClasses: 3, actuals: 0 }]);
  expect(totals[0]?.shareRight).toBeCloseTo(2 / 3, 12);
});
