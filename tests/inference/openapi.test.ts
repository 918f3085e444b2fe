import { expect, test } from 'vitest';
import { endpointsOf } from '../../inference/endpoints/index.js';
import { openApiDocument } from '../../inference/openapi/document.js';
import { operations } from '../../inference/openapi/operations.js';
import { documentationPage } from '../../inference/openapi/page.js';
import { homePrices } from '../../projects/home-prices/project.js';
import type { Json } from './support/http.js';

const endpoints = endpointsOf(homePrices);
const document: Json = openApiDocument(homePrices, endpoints);

test('every endpoint is described, and nothing else', () => {
  const common = endpoints.filter(({ operation }) => operation === undefined);
  expect(new Set(common.map(({ name }) => name))).toEqual(new Set(Object.keys(operations)));
  expect(endpoints.length - common.length).toBe(3);
  for (const { path, method } of endpoints) {
    expect(document.paths[path.replace(/:(\w+)/g, '{$1}')]).toHaveProperty(method.toLowerCase());
  }
});

test('the limits in the document are those that check the requests', () => {
  const { schema } = document.paths['/api/predict_home_price'].post.requestBody.content['application/json'];
  expect(schema.required).toEqual(['total_sqft', 'location', 'bhk', 'bath']);
  expect(schema.properties.total_sqft).toMatchObject({ type: 'number', exclusiveMinimum: 0, maximum: 50_000 });
  expect(schema.properties.bhk).toMatchObject({ type: 'integer', minimum: 1, maximum: 20 });
});

test('examples are requests that are accepted', () => {
  const { feedback, predict, v2_infer } = operations;
  const own = endpoints.find(({ name }) => name === 'predict_home_price');
  expect(homePrices.input.safeParse(own!.operation!.bodyExample).success).toBe(true);
  for (const { body, bodyExample } of [feedback!, predict!, v2_infer!]) {
    expect(body !== 'project' && body!.safeParse(bodyExample).success).toBe(true);
  }
});

test('the page shows each path and escapes what could be markup', () => {
  const page = documentationPage(document);
  for (const path of Object.keys(document.paths)) expect(page).toContain(path);
  expect(page).toContain('&lt;!doctype html&gt;');
  expect(page.match(/<script/g)).toBeNull();
});
