import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig, required } from '../config.js';

test('an empty environment gives the designed defaults', () => {
  expect(loadConfig({})).toMatchObject({
    PROJECTS: ['home-prices'],
    ROUTER_PORT: 7000,
    INFER_PROD_PORT: 6001,
    INFER_CAND_PORT: 6002,
    WEB_PORT: 6500,
    CONTROL_PORT: 6600,
    MLFLOW_S3_BUCKET: 'mlops-bucket',
  });
});

test('a malformed value is named with what was given and what is allowed', () => {
  expect(() => loadConfig({ ROUTER_PORT: 'seven' })).toThrow(/ROUTER_PORT is "seven": .*expected number/s);
  expect(() => loadConfig({ ROUTER_PORT: '70000' })).toThrow(/ROUTER_PORT is "70000": .*65535/s);
  expect(() => loadConfig({ LOG_LEVEL: 'loud' })).toThrow(/LOG_LEVEL is "loud": .*trace.*silent/s);
  expect(() => loadConfig({ DECISION_RULE: '{' })).toThrow(/DECISION_RULE is "{": a JSON object/);
  expect(() => loadConfig({ PROJECTS: ' , ' })).toThrow(/PROJECTS is " , ": name at least one model project/);
});

test('every malformed value is told at once', () => {
  expect(() => loadConfig({ ROUTER_PORT: '0', WEB_PORT: 'x' })).toThrow(/ROUTER_PORT.*WEB_PORT/s);
});

test('a value that may hold a secret is not shown', () => {
  const attempt = () => loadConfig({ DATABASE_URL: 'mysql://user:hunter2@host/db' });
  expect(attempt).toThrow(/DATABASE_URL is a value not shown here/);
  expect(attempt).not.toThrow(/hunter2/);
});

test('an empty value counts as not set', () => {
  expect(loadConfig({ ROUTER_PORT: '', DATABASE_URL: '' })).toMatchObject({ ROUTER_PORT: 7000 });
});

test('what a process cannot do without is asked for by name', () => {
  expect(() => required(loadConfig({}), 'DATABASE_URL')).toThrow('DATABASE_URL is not set');
});

test('every variable stands in .env.example', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  const source = readFileSync(new URL('../config.ts', import.meta.url), 'utf8');
  const variables = [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map((match) => match[1]!);
  expect(variables.length).toBeGreaterThan(30);
  const internal = ['INFERENCE_WORKER_INDEX'];
  expect(variables.filter((name) => !internal.includes(name) && !new RegExp(`^# ${name}=`, 'm').test(example))).toEqual(
    [],
  );
});

test('NAME_FILE names a file with the value, without the end of its line', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'config-')), 'database-url');
  writeFileSync(file, 'postgres://user:from-a-file@db:5432/incumbent\n');
  expect(loadConfig({ DATABASE_URL_FILE: file }).DATABASE_URL).toBe('postgres://user:from-a-file@db:5432/incumbent');
  expect(loadConfig({ DATABASE_URL: '', DATABASE_URL_FILE: file }).DATABASE_URL).toContain('from-a-file');
});

test('a file that is missing, a file beside a value and a wrong value in a file stop the start; the value is not shown', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'config-')), 'database-url');
  writeFileSync(file, 'mysql://user:secret-word@db/incumbent');
  expect(() => loadConfig({ DATABASE_URL_FILE: '/nowhere/url' })).toThrow(
    /DATABASE_URL_FILE names \/nowhere\/url.*ENOENT/,
  );
  expect(() => loadConfig({ DATABASE_URL_FILE: file, DATABASE_URL: 'postgres://db/x' })).toThrow(/both set/);
  expect(() => loadConfig({ DATABASE_URL_FILE: file })).toThrow(/DATABASE_URL is a value not shown here/);
  expect(() => loadConfig({ DATABASE_URL_FILE: file })).not.toThrow(/secret-word/);
});
