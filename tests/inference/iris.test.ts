import { afterAll, beforeAll, expect, test } from 'vitest';
import { createArtifactStore } from '../../adapters/artifacts/artifact-store.js';
import { createMlRandomForestTrainer } from '../../adapters/forest/ml-random-forest-trainer.js';
import { createSlotStore } from '../../adapters/postgres/slot-store.js';
import type { Row } from '../../core/dataset/row.js';
import { encodeRows } from '../../core/features/encode-rows.js';
import { fitEncoder } from '../../core/features/fit-encoder.js';
import { encodeForest } from '../../core/forest/encode-forest.js';
import { predictBatch } from '../../core/forest/predict-batch.js';
import type { ModelDocument } from '../../core/registry/model-document.js';
import { artifactPrefix, type Slot } from '../../core/registry/version.js';
import { targetVector } from '../../core/training/target-vector.js';
import type { RunningService } from '../../inference/start-service.js';
import { irisCsv } from '../../projects/iris/iris-csv.js';
import { iris } from '../../projects/iris/project.js';
import { post } from './support/http.js';
import { createInferenceWorld, type InferenceWorld, until } from './support/inference-world.js';

let world: InferenceWorld;
let production: RunningService;
let candidate: RunningService;

/** A version of the real kind, trained on all 150 flowers, in a slot. */
async function deploy(slot: Slot, version: string, trees: number, maxDepth: number): Promise<void> {
  const { rows } = iris.dataset.clean(irisCsv());
  const classes = [...iris.target.classes!];
  const y = targetVector(iris, rows, classes);
  const encoder = fitEncoder(iris.features, rows, y);
  const X = encodeRows(encoder, rows);
  const options = { task: 'classification', classes: 3, trees, maxDepth, randomState: 1 } as const;
  const forest = await createMlRandomForestTrainer().fit(X, y, options, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const predictions = predictBatch(forest, X);
  const document: ModelDocument = {
    format: 1,
    project: 'iris',
    version,
    task: 'classification',
    target: { column: 'species', unit: 'class' },
    classes,
    algorithm: 'ml-random-forest',
    encoder,
    hyperparameters: { trees, maxDepth },
    metrics: { accuracy: 0.95 },
    importances: {},
    expected: [0, 60, 120].map((i) => ({
      row: Object.fromEntries(iris.features.map(({ name }) => [name, (rows[i] as Row)[name]!])),
      prediction: predictions[i]!,
    })),
    lineage: {
      datasetKey: 'iris/train_V1.csv',
      datasetNumber: 1,
      trainRows: 150,
      testRows: 0,
      randomState: 1,
      runId: `run-${version}`,
      parentVersion: null,
      codeRevision: null,
      trainedAt: '2026-01-01T00:00:00.000Z',
    },
  };
  await createArtifactStore(world.objects).write(artifactPrefix('iris', version), {
    project: 'iris',
    version,
    createdAt: document.lineage.trainedAt,
    files: { 'model.json': new TextEncoder().encode(JSON.stringify(document)), 'forest.bin': encodeForest(forest) },
  });
  const cause = { reason: 'test', actor: 'test', workflowId: null };
  await createSlotStore(world.database.pool).assign('iris', slot, version, null, cause);
}

beforeAll(async () => {
  world = await createInferenceWorld();
  await deploy('production', 'BO1', 50, 5);
  await deploy('candidate', 'CO1', 100, 7);
  production = await world.start({ project: iris, instanceId: 'iris-production' });
  candidate = await world.start({ project: iris, slot: 'candidate', instanceId: 'iris-candidate' });
  await until(() => production.service.model.current !== null && candidate.service.model.current !== null);
});
afterAll(() => world.close());

const predict = (features: unknown, from = production, headers: Record<string, string> = {}) =>
  post(from, '/predict', { features }, headers);

test('a flower is answered as the number of its class, by v1 in production and v2 in the candidate', async () => {
  const { status, body } = await predict([5.1, 3.5, 1.4, 0.2]);
  expect(status).toBe(200);
  expect(body).toMatchObject({ prediction: 0, model_version: 'v1', class: 'setosa' });
  expect(Date.parse(body.timestamp)).not.toBeNaN();
  const other = await predict([6.3, 3.3, 6.0, 2.5], candidate);
  expect(other.body).toMatchObject({ prediction: 2, model_version: 'v2', class: 'virginica' });
});

test('the probabilities are those of every class by its name, add up to one, and the class is the most probable', async () => {
  for (const features of [
    [5.1, 3.5, 1.4, 0.2],
    [5.9, 3, 4.8, 1.8],
    [6, 2.7, 5.1, 1.6],
  ]) {
    const { body } = await predict(features);
    const probabilities = body.probabilities as Record<string, number>;
    expect(Object.keys(probabilities)).toEqual(['setosa', 'versicolor', 'virginica']);
    expect(Object.values(probabilities).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    expect(probabilities[body.class]).toBe(Math.max(...Object.values(probabilities)));
  }
});

test('an explanation of a class has a number for each class, and there is no range of estimates', async () => {
  const features = [5.1, 3.5, 1.4, 0.2];
  const { body } = await post(production, '/api/predict?explain=1', { features });
  const { base_value, contributions } = body.explanation;
  const sums = base_value.map((base: number, k: number) =>
    Object.values(contributions as Record<string, number[]>).reduce((sum, one) => sum + one[k]!, base),
  );
  // what the inputs do to the base values adds up to the probabilities
  expect(sums).toEqual(Object.values(body.probabilities).map((share) => expect.closeTo(share as number, 9)));
  const range = await post(production, '/api/predict?interval=true', { features });
  expect([range.status, range.body.message]).toEqual([422, expect.stringContaining('only a regression forest')]);
});

test.each([
  [
    'too few',
    [5.1, 3.5, 1.4],
    'expected 4 values (sepal_length, sepal_width, petal_length, petal_width) for iris, got 3',
  ],
  ['too many', [1, 2, 3, 4, 5], 'features must have at most 4 values (sepal_length'],
  ['none', [], 'got 0'],
  ['text', ['a', 3.5, 1.4, 0.2], "sepal_length must be a number from 0 to 30, got 'a'"],
  ['numbers in quotation marks', ['5.1', 3.5, 1.4, 0.2], 'sepal_length must be a number, got the text "5.1"'],
  ['null', [5.1, null, 1.4, 0.2], 'sepal_width is missing: it must be a number from 0 to 30'],
  ['true', [5.1, true, 1.4, 0.2], 'sepal_width must be a number from 0 to 30, got true'],
  ['a list in the list', [[5.1, 3.5, 1.4, 0.2]], 'sepal_length must be a number from 0 to 30, got a list'],
  ['a length that no flower has', [5.1, 3.5, 1.4, -0.2], 'petal_width must be a number from 0 to 30, got -0.2'],
  ['no list', 'rose', 'features must be an object by name, or a list in the order of the model'],
  ['nothing at all', undefined, 'features must be an object by name, or a list'],
])('%s instead of four numbers is refused with 400 and what was expected', async (_, features, message) => {
  const { status, body } = await predict(features);
  expect([status, body.code]).toEqual([400, 'INVALID_INPUT']);
  expect(body.message).toContain(message);
});

test('the five metrics have their names, and versions are v1 and v2', async () => {
  const text = await (await fetch(`http://${candidate.address}/metrics`)).text();
  expect(text).toMatch(/^prediction_requests_total\{project="iris",variant="candidate"\} 1$/m);
  expect(text).toMatch(/^model_version_requests_total\{project="iris",version="v2"\} 1$/m);
  expect(text).toMatch(/^prediction_latency_seconds_count\{.*\} 1$/m);
  for (const name of ['prediction_errors_total', 'model_drift_score']) expect(text).toContain(`# TYPE ${name} `);
});

test('the alert line of the drift score is 0.3', () => {
  expect(iris.drift).toEqual({ percentageThreshold: 20, scoreThreshold: 0.3 });
});

test('true classes count as the accuracy of the experiment: right is 5, wrong is 0, and a second answer replaces the first', async () => {
  const user = { 'x-user-id': 'gardener', 'x-experiment-id': '7', 'x-assigned-variant': 'production' };
  const say = (prediction_id: number, feedback_value: unknown) =>
    post(production, '/api/feedback', { prediction_id, feedback_type: 'actual_class', feedback_value });
  const [first, second] = [
    (await predict([5.1, 3.5, 1.4, 0.2], production, user)).body,
    (await predict([5, 3.4, 1.5, 0.2], production, user)).body,
  ];
  expect((await say(first.prediction_id, 'setosa')).body).toMatchObject({ feedback_value: 'setosa', replaced: false });
  await say(second.prediction_id, 0);
  expect((await say(second.prediction_id, 'virginica')).body).toMatchObject({ replaced: true });
  const { rows } = await world.database.pool.query(
    "select ratings, rating_sum, rating_square_sum, rating_counts from experiment_users where user_id = 'gardener'",
  );
  expect(rows).toEqual([{ ratings: 2, rating_sum: 5, rating_square_sum: 25, rating_counts: [0, 0, 0, 0, 0] }]);

  const unknown = await say(first.prediction_id, 'rose');
  expect([unknown.status, unknown.body.message]).toEqual([
    422,
    'feedback_value of an actual_class must be one of setosa, versicolor, virginica, or its number',
  ]);
  expect((await say(first.prediction_id, 7)).status).toBe(422);
});

test('stars do not count where true classes do', async () => {
  const user = { 'x-user-id': 'fan', 'x-experiment-id': '7', 'x-assigned-variant': 'production' };
  const { body } = await predict([5.1, 3.5, 1.4, 0.2], production, user);
  await post(production, '/api/feedback', {
    prediction_id: body.prediction_id,
    feedback_type: 'rating',
    feedback_value: 5,
  });
  const { rows } = await world.database.pool.query("select ratings from experiment_users where user_id = 'fan'");
  expect(rows).toEqual([{ ratings: 0 }]);
});

test('home prices has paths of its own that iris does not have, and the other way round nothing', async () => {
  expect((await post(production, '/api/predict_home_price', {})).status).toBe(404);
  const { paths } = (await (await fetch(`http://${production.address}/openapi.json`)).json()) as { paths: object };
  expect(Object.keys(paths)).not.toContain('/api/predict_home_price');
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/predict', '/config', '/health', '/metrics']));
});
