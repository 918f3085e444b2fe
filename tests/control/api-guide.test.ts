import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadConfig } from '../../config.js';
import { routeRows } from './route-rows.js';

const guide = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');

test('the guide has every route, with its role, its scope and its headers', () => {
  const rows = guide.split('\n').filter((line) => /^\| `(GET|POST|PUT|PATCH|DELETE) /.test(line));
  expect(rows).toEqual(routeRows());
});

test('the guide names only variables that are read', () => {
  const named = [...guide.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(10);
  const values: Record<string, string> = {
    AUTH_JWKS_URL: 'x',
    DATABASE_URL: 'x',
    S3_ENDPOINT: 'x',
    AUTH: 'x',
    AUTH_JWT_SECRET: 'x',
  };
  for (const name of named) {
    // a variable that is read refuses or changes; one that is not leaves the configuration as it was
    const given = { [name]: values[name] ?? '7' };
    const changed = () => JSON.stringify(loadConfig(given)) !== JSON.stringify(loadConfig({}));
    let read: boolean;
    try {
      read = changed();
    } catch {
      read = true;
    }
    expect({ name, read }).toEqual({ name, read: true });
  }
});
