import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scripts = ['install.sh', 'run_demo.sh'];
const read = (file: string) => readFileSync(`${root}/${file}`, 'utf8');
const run = (script: string, ...args: string[]) => spawnSync(`${root}/${script}`, args, { encoding: 'utf8', cwd: '/' });

test.each(scripts)('%s can be run, stops at the first failure and is sound shell', (script) => {
  expect(statSync(`${root}/${script}`).mode & 0o111).toBe(0o111);
  expect(read(script)).toMatch(/^#!\/usr\/bin\/env bash\n(#.*\n)+set -euo pipefail\n/);
  execFileSync('bash', ['-n', script], { cwd: root });
  const linter = spawnSync('shellcheck', ['-x', script], { encoding: 'utf8', cwd: root });
  // a machine without shellcheck has had bash's own check
  expect(linter.error === undefined ? linter.stdout : '').toBe('');
});

test.each(scripts)('%s explains itself, and refuses what it does not know', (script) => {
  const help = run(script, '--help');
  expect([help.status, help.stdout]).toEqual([0, expect.stringMatching(/^Usage: \.\//)]);
  const unknown = run(script, '--unheard-of');
  expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining('unknown option: --unheard-of')]);
});

test('every option in the help is one that the script takes', () => {
  for (const script of scripts) {
    const options = [...run(script, '--help').stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option);
    expect(options.length).toBeGreaterThan(2);
    for (const option of options) expect(read(script)).toContain(`${option})`);
  }
});

test('a port offset that is no number is refused', () => {
  const { status, stderr } = run('run_demo.sh', '--port-offset', 'many');
  expect([status, stderr]).toEqual([2, expect.stringContaining('--port-offset many')]);
});

test('the Jenkins pipeline has the stages in their order, and its braces and quotes close', () => {
  const text = read('Jenkinsfile');
  const stages = [...text.matchAll(/stage\('([^']+)'\)/g)].map(([, name]) => name);
  expect(stages).toEqual([
    'Checkout',
    'Setup',
    'Train models',
    'Test',
    'Build',
    'Push',
    'Deploy',
    'Health check',
    'Smoke test',
  ]);
  expect(text).toMatch(/archiveArtifacts artifacts: '[^']*models\.tar\.gz/);
  // strings and comments first: a brace inside them is none
  const code = text.replaceAll(/'''[\s\S]*?'''|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\/\/.*/g, '');
  expect(code).not.toMatch(/['"]/);
  const open: string[] = [];
  const pairs: Record<string, string> = { '}': '{', ')': '(', ']': '[' };
  for (const character of code) {
    if (Object.values(pairs).includes(character)) open.push(character);
    else if (character in pairs) expect(open.pop()).toBe(pairs[character]);
  }
  expect(open).toEqual([]);
});

test('the commands and files that the pipeline uses are there', () => {
  const text = read('Jenkinsfile');
  const files = [...text.matchAll(/'(?:\.\/|npx tsx )([a-z_/]+\.(?:sh|ts))/g)].map(([, file]) => file!);
  expect(new Set(files)).toEqual(new Set([...scripts, 'load/run.ts']));
  for (const file of files) expect(statSync(`${root}/${file}`).isFile()).toBe(true);
});
