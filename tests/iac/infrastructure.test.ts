import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { ensureDependencies } from '../../scripts/install-dependencies.mjs';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('../../iac', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

/** What iac/ needs is its own business: it is installed there, once, and only by who works on it or tests it. */
beforeAll(async () => {
  await ensureDependencies({ root: folder, report: (line) => console.error(line) });
}, 300_000);

test('the AWS program type-checks and keeps its promises in every environment', async () => {
  const tests = ['bucket-access', 'environments', 'security'].map((name) => join('tests', `${name}.test.ts`));
  for (const file of tests) expect(existsSync(join(folder, file))).toBe(true);
  await run(process.execPath, [join(folder, 'node_modules/typescript/bin/tsc'), '-p', '.'], { cwd: folder });
  // the runner's own variables would make the inner runner report in its protocol
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', '--test', '--test-reporter=tap', '--test-concurrency=1', ...tests],
    { cwd: folder, env, maxBuffer: 1 << 26 },
  );
  expect(stdout).toMatch(/^# fail 0$/m);
  expect(stdout).toMatch(/^# skipped 0$/m);
  expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThanOrEqual(35);
}, 240_000);

test('Pulumi is no dependency of the product itself', async () => {
  const { default: manifest } = await import(join(root, 'package.json'), { with: { type: 'json' } });
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(names.filter((name) => name.startsWith('@pulumi/'))).toEqual([]);
});
