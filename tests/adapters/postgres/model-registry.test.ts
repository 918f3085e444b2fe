import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ModelRegistry } from '../../../activities/ports.js';
import { createModelRegistry } from '../../../adapters/postgres/model-registry.js';
import { NotFoundError } from '../../../core/errors.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

let database: TestDatabase;
let registry: ModelRegistry;
beforeAll(async () => {
  database = await createTestDatabase();
  registry = createModelRegistry(database.pool);
});
afterAll(() => database.drop());

const reserve = (project: string, idempotencyKey: string, kind: 'BO' | 'CO' = 'CO') =>
  registry.reserve({ project, prefix: 'price_check', kind, parentVersion: null, idempotencyKey });

test('numbers rise by kind, and the artifact prefix follows the version', async () => {
  const versions = [await reserve('a', 'a1'), await reserve('a', 'a2'), await reserve('a', 'a3', 'BO')];
  expect(versions.map((v) => v.version)).toEqual(['CO1', 'CO2', 'BO1']);
  expect(versions[1]?.artifactPrefix).toBe('price_check_CO2/');
});

test('a repeated reservation gets the same version, also when both attempts run at once', async () => {
  const versions = await Promise.all(Array.from({ length: 8 }, () => reserve('b', 'same run')));
  expect(new Set(versions.map((v) => v.version)).size).toBe(1);
});

test('eight runs at once get eight different numbers', async () => {
  const versions = await Promise.all(Array.from({ length: 8 }, (_, i) => reserve('c', `run ${i}`)));
  expect(new Set(versions.map((v) => v.version)).size).toBe(8);
});

test('facts are added to what is known, never replace the rest', async () => {
  const { version } = await reserve('d', 'd1');
  await registry.describe('d', version, { datasetNumber: 3, metrics: { r2: 0.8 } });
  await registry.describe('d', version, { metrics: { mae: 12 } });
  await registry.setState('d', version, 'staged');
  expect(await registry.get('d', version)).toMatchObject({
    state: 'staged',
    datasetNumber: 3,
    metrics: { r2: 0.8, mae: 12 },
  });
});

test('an unknown version is named in the error', async () => {
  await expect(registry.get('d', 'CO99')).rejects.toThrow(NotFoundError);
  await expect(registry.get('d', 'CO99')).rejects.toThrow('project d has no model version CO99');
});
