import { expect, test } from 'vitest';
import { docsPage } from '../../control/openapi/docs-page.js';
import { openApiDocument } from '../../control/openapi/document.js';
import { routeTable } from './route-table.js';

const document = openApiDocument(routeTable, '1.0.0') as {
  openapi: string;
  paths: Record<
    string,
    Record<
      string,
      { operationId: string; responses: Record<string, unknown>; parameters: { name: string; in: string }[] }
    >
  >;
  components: { schemas: Record<string, unknown> };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
);

test('every route is described, and nothing else', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
    routeTable.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`).sort(),
  );
});

test('operation ids are unique, and every path parameter is described', () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { path, parameters } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(named);
  }
});

test('every reference leads to a schema that is there', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name!,
  );
  expect(references.length).toBeGreaterThan(50);
  for (const name of references) expect(Object.keys(document.components.schemas)).toContain(name);
});

test('what guards a route is said of it: its role and scope, and the problems it may answer with', () => {
  expect(document.paths['/api/deploy']?.post).toMatchObject({
    'x-role': 'approver',
    'x-scope': 'deploy:write',
    parameters: [{ name: 'Idempotency-Key', in: 'header' }],
  });
  expect(Object.keys(document.paths['/api/deploy']!.post!.responses)).toEqual(
    expect.arrayContaining(['202', '401', '403', '404', '409', '422']),
  );
  expect(document.paths['/api/health']?.get).toMatchObject({ security: [] });
});

test('the page for people names every route', () => {
  const page = docsPage(routeTable, '1.0.0');
  for (const { summary } of routeTable) expect(page).toContain(summary.replaceAll('&', '&amp;'));
  expect(page).not.toMatch(/src=|https?:\/\//);
});

test('the paths of the project page are all there', () => {
  const promised = [
    'post /api/training/start',
    'get /api/training/status/{job_id}',
    'get /api/training/logs/{job_id}',
    'get /api/models',
    'post /api/models',
    'get /api/models/{version}',
    'put /api/models/{version}/promote',
    'post /api/deploy',
    'get /api/deploy/status',
    'post /api/deploy/rollback',
    'get /api/monitoring/metrics',
    'get /api/monitoring/drift',
    'post /api/monitoring/alerts',
    'get /api/production',
  ];
  expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual(expect.arrayContaining(promised));
});
