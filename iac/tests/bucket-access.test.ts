import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bucketAccess } from '../policies/bucket-access.js';

const args = { bucketArn: 'arn:aws:s3:::b', keyArn: 'arn:aws:kms:::k', prefixes: ['price_check', 'iris'] };
const reach = (service: Parameters<typeof bucketAccess>[0], action: string) =>
  bucketAccess(service, args)
    ?.Statement.filter(({ Action }) => [Action].flat().includes(action))
    .flatMap(({ Resource }) => [Resource].flat());

const models = [
  'arn:aws:s3:::b/price_check_BO*',
  'arn:aws:s3:::b/price_check_CO*',
  'arn:aws:s3:::b/iris_BO*',
  'arn:aws:s3:::b/iris_CO*',
];
const datasets = ['arn:aws:s3:::b/price_check/*', 'arn:aws:s3:::b/iris/*'];

test('inference reads models and nothing else, and writes nothing', () => {
  for (const service of ['infer-prod', 'infer-cand'] as const) {
    assert.deepEqual(reach(service, 's3:GetObject'), models);
    assert.deepEqual(reach(service, 's3:PutObject'), []);
    assert.deepEqual(reach(service, 's3:DeleteObject'), []);
    assert.deepEqual(reach(service, 'kms:GenerateDataKey'), []);
  }
});

test('only the worker deletes, and only models', () => {
  assert.deepEqual(reach('worker', 's3:DeleteObject'), models);
  assert.deepEqual(reach('control', 's3:DeleteObject'), []);
});

test('control writes uploads and models, but no dataset versions', () => {
  assert.deepEqual(reach('control', 's3:PutObject'), [
    'arn:aws:s3:::b/price_check/uploads/*',
    'arn:aws:s3:::b/iris/uploads/*',
    ...models,
  ]);
  assert.deepEqual(reach('worker', 's3:PutObject'), [...models, ...datasets]);
});

test('the router and the web app have no access at all', () => {
  assert.equal(bucketAccess('router', args), null);
  assert.equal(bucketAccess('web', args), null);
});
