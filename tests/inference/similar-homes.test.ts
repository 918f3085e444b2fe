import { afterAll, beforeAll, expect, test } from 'vitest';
import { toSnapshotCsv } from '../../core/dataset/snapshot-csv.js';
import { readTrainingRows } from '../../inference/model/training-rows.js';
import type { RunningService } from '../../inference/start-service.js';
import { homePrices } from '../../projects/home-prices/project.js';
import { get } from './support/http.js';
import { type InferenceWorld, startServing } from './support/inference-world.js';

let world: InferenceWorld;
let running: RunningService;
const { columns } = homePrices.dataset;

function home(location: string, total_sqft: number, price: number, source = 'raw') {
  return {
    total_sqft,
    location,
    bhk: 2,
    bath: 2,
    balcony: 1,
    area_type: 'Built-up Area',
    availability: 'Ready To Move',
    price,
    source,
  };
}
const snapshot = [
  home('Hebbal', 1000, 60),
  home('Whitefield', 1000, 50),
  home('Whitefield', 1100, 56),
  home('Whitefield', 1500, 80),
  home('Whitefield', 1001, 1, 'feedback'),
];
const path = '/api/similar_homes?total_sqft=1000&location=whitefield&bhk=2&bath=2';

beforeAll(async () => {
  ({ world, running } = await startServing());
});
afterAll(() => world.close());

test('while the training data is away it says so, and finds it once it is back', async () => {
  const away = await get(running, path);
  expect([away.status, away.body.code]).toEqual([503, 'UNAVAILABLE']);
  await world.objects.put('train_V1.csv', new TextEncoder().encode(toSnapshotCsv(snapshot, columns)));
  expect((await get(running, path)).status).toBe(200);
});

test('tells the nearest homes of the place and what they cost, without what visitors reported', async () => {
  const { body } = await get(running, path);
  expect(body).toMatchObject({ model_version: 'BO1', dataset: 'train_V1.csv', unit: 'lakh INR', compared: 3 });
  // of 50, 56 and 80 the median is 56, the 10 % quantile 50 + 0.2 · 6 and the 90 % quantile 56 + 0.8 · 24
  expect([body.median, body.low, body.high]).toEqual([56, expect.closeTo(51.2, 9), expect.closeTo(75.2, 9)]);
  expect(body.items.map(({ price, distance }: { price: number; distance: number }) => [price, distance])).toEqual([
    [50, 0],
    [56, expect.closeTo(0.1, 12)],
    [80, expect.closeTo(0.5, 12)],
  ]);
  expect(body.items[0]).not.toHaveProperty('source');
});

test('a place without homes has none, a home that cannot be is refused at its fields', async () => {
  const nowhere = await get(running, '/api/similar_homes?total_sqft=1000&location=Atlantis&bhk=2&bath=2');
  expect(nowhere.body).toMatchObject({ compared: 0, median: null, items: [] });
  const refused = await get(running, '/api/similar_homes?location=Hebbal&bhk=0');
  expect([
    refused.status,
    refused.body.fields.map(({ field }: { field: string }) => field).includes('total_sqft'),
  ]).toEqual([422, true]);
});

test('a large snapshot is read in pieces, to the same rows, and every k-th where there are very many', async () => {
  const rows = Array.from({ length: 1_234 }, (_, i) =>
    home(i % 7 === 0 ? 'Line\n"break"' : `Place ${i % 10}`, 500 + i, i),
  );
  const text = toSnapshotCsv(rows, columns);
  expect(await readTrainingRows(text, rows.length)).toEqual(rows);
  // 150 000 rows are said to be there, so every third is kept
  expect(await readTrainingRows(text, 150_000)).toEqual(rows.filter((_, i) => i % 3 === 0));
});
