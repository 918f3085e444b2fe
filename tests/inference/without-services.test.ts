import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createArtifactStore } from '../../adapters/artifacts/artifact-store.js';
import type { RunningService } from '../../inference/start-service.js';
import { get, home, post } from './support/http.js';
import { createInferenceWorld, type InferenceWorld, until } from './support/inference-world.js';

let world: InferenceWorld;

beforeAll(async () => {
  world = await createInferenceWorld();
  await world.publish('BO1');
  await world.assign('production', 'BO1');
});
afterAll(() => world.close());

test('a service that never reached its database says that it starts, and what it cannot tell', async () => {
  const alone: RunningService = await world.start({
    instanceId: 'alone',
    home: join(world.home, 'alone'),
    databaseUrl: 'postgresql://nobody@127.0.0.1:1/nothing',
  });
  const health = await get(alone, '/api/health');
  expect([health.status, health.body]).toMatchObject([503, { status: 'starting', ready: false, model_version: null }]);
  const answers = await Promise.all([
    get(alone, '/health'),
    get(alone, '/v2/health/ready'),
    get(alone, '/api/predict/health'),
    get(alone, '/v2/health/live'),
    get(alone, '/metrics'),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 200, 200]);
  for (const path of ['/api/logs', '/config', '/api/drift_report']) {
    const { status, body } = await get(alone, path);
    expect([path, status, body.code]).toEqual([path, 503, 'UNAVAILABLE']);
  }
  expect((await post(alone, '/api/predict_home_price', home)).body.code).toBe('NO_MODEL');
  await alone.stop();
});

test('a last version that cannot be had any more does not end a service whose database is away', async () => {
  const folder = join(world.home, 'forgetful');
  mkdirSync(join(folder, 'models'), { recursive: true });
  writeFileSync(join(folder, 'models/home-prices-production.json'), JSON.stringify({ version: 'BO1' }));
  let asked = 0;
  const artifacts = createArtifactStore({
    ...world.objects,
    get: () => {
      asked++;
      return Promise.reject(new Error('storage away'));
    },
  });
  const databaseUrl = 'postgresql://nobody@127.0.0.1:1/nothing';
  const forgetful = await world.start({ instanceId: 'forgetful', home: folder, databaseUrl, artifacts });
  await until(() => asked > 0);
  expect((await get(forgetful, '/api/health')).body).toMatchObject({ status: 'starting', model_version: null });
  await forgetful.stop();
});

test('without the training data at hand nothing is told of similar homes, and predictions go on', async () => {
  const service = await world.start({ instanceId: 'no-data', objects: undefined });
  await until(() => service.service.model.current !== null, 60_000);
  const similar = await get(service, '/api/similar_homes?total_sqft=1000&location=Hebbal&bhk=2&bath=2');
  expect([similar.status, similar.body.message]).toEqual([503, expect.stringContaining('cannot be read here')]);
  expect((await post(service, '/api/predict_home_price', home)).status).toBe(200);
});

test('a port that somebody has is named', async () => {
  const first = await world.start({ instanceId: 'first' });
  const port = Number(first.address.split(':')[1]);
  await expect(world.start({ instanceId: 'second', port })).rejects.toThrow(`port ${port} on 127.0.0.1: is in use`);
  // 192.0.2.0/24 is for documentation (RFC 5737): no machine has it
  await expect(world.start({ instanceId: 'third', host: '192.0.2.1' })).rejects.toThrow(
    /port 0 on 192\.0\.2\.1: .*EADDRNOTAVAIL/,
  );
});
