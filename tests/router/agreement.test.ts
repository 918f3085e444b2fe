import fc from 'fast-check';
import { expect } from 'vitest';
import { type Call, call, type Echo } from './support/call.js';
import { test } from './support/fixtures.js';
import { stateWith } from './support/routers.js';

const header = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) },
      { weight: 2, arbitrary: fc.integer({ min: 0x80, max: 0xff }) },
      { weight: 1, arbitrary: fc.constantFrom(0x09, 0x20, 0xc3, 0xa9, 0xe0, 0xf0, 0x9f, 0x8f, 0xa0) },
    ),
    { maxLength: 140 },
  )
  .map((bytes) => String.fromCharCode(...bytes));
const unicode = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) => Buffer.from(text).toString('latin1'));
const cookie = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abcXYZ019-_. "%'), maxLength: 12 }).map((value) => `incumbent_user=${value}`),
  fc.constantFrom('a=1; incumbent_user=u1', 'incumbent_user=u1; b=2', 'incumbent_user', 'xincumbent_user=u1', 'b=2'),
);
const path = fc.oneof(
  fc.constantFrom(
    '/predict',
    '/api/predict',
    '/api/predict/',
    '/api/./predict',
    '/api/x/../predict',
    '/api/predict%2Fbatch',
  ),
  fc
    .array(
      fc.constantFrom('api', 'predict', 'v2', 'models', 'm', 'versions', '3', 'infer', 'batch', '', '%69nfer', '.'),
      {
        maxLength: 7,
      },
    )
    .map((parts) => `/${parts.join('/')}`),
  fc.constantFrom('/v2/models/m/infer?x=/predict', '/predict#x', '/predict?', '/v2/models/a%2Fb/infer', '/%'),
);
const request: fc.Arbitrary<Call> = fc.record({
  method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'PUT'),
  path,
  headers: fc.record({ 'x-user-id': fc.oneof(header, unicode), cookie }, { requiredKeys: [] }),
});

test('nginx and the built-in router read the same requests alike', async ({ service, route }) => {
  const production = await service('production');
  const candidate = await service('candidate');
  const state = stateWith({
    production: [production.address],
    candidate: [candidate.address],
    candidateWeightPercent: 50,
  });
  const routers = [await route('nginx', state), await route('built-in', state)];
  const seen = { production: 0, candidate: 0, refused: 0, newUsers: 0 };
  for (const one of fc.sample(request, { numRuns: 600, seed: 20_261_121 })) {
    const [nginx, builtIn] = await Promise.all(
      routers.map(async ({ port }) => {
        const answer = await call(port, one);
        if (answer.status !== 200) return { status: answer.status };
        const { by, path, headers } = answer.json<Echo>();
        const isNew = answer.headers['set-cookie'] !== undefined;
        // a new visitor's id is random, and so is the variant
        return isNew
          ? { path, isNew }
          : { by, path, user: headers['x-user-id'], variant: headers['x-assigned-variant'] };
      }),
    );
    expect({ one, answer: builtIn }).toEqual({ one, answer: nginx });
    if ('status' in nginx!) seen.refused++;
    else if ('isNew' in nginx!) seen.newUsers++;
    else seen[nginx!.by as 'production' | 'candidate']++;
  }
  // the samples reach every kind of answer
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(5);
});
