import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const workflows = readdirSync(join(root, '.github/workflows'));

interface Job {
  readonly needs?: string | readonly string[];
  readonly uses?: string;
  readonly environment?: { readonly name: string };
  readonly strategy?: { readonly matrix: { readonly target: readonly string[] } };
  readonly steps?: readonly { readonly run?: string; readonly uses?: string }[];
}
const jobs = (file: string): Record<string, Job> => parse(read(`.github/workflows/${file}`)).jobs;

/** Runs the deployment against a kubectl that writes down what it is asked and fails where it is told to. */
function deploy(failing: string) {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  const calls = join(folder, 'calls');
  const kubectl = join(folder, 'kubectl');
  writeFileSync(
    kubectl,
    `#!/usr/bin/env bash
echo "$*" >> ${calls}
case "$*" in
  kustomize*) printf 'image: registry.example.com/x/%s:0.1.0\\n' inference router control web worker ;;
  *jsonpath*) echo "before/\${4#*/}:1" ;;
  *apply*) cp "\${@: -1}" ${folder}/applied ;;
esac
case "$*" in ${failing}) [[ -e ${folder}/failed ]] || { touch ${folder}/failed; exit 1; } ;; esac
`,
  );
  chmodSync(kubectl, 0o755);
  const { status, stderr } = spawnSync(
    join(root, 'scripts/deploy-kubernetes.sh'),
    ['deploy/kubernetes/overlays/staging', 'images.example.com/i', 'sha-1', 'http://127.0.0.1:9'],
    { encoding: 'utf8', env: { ...process.env, PATH: `${folder}:${process.env.PATH}` }, timeout: 60_000 },
  );
  return {
    status,
    stderr,
    calls: readFileSync(calls, 'utf8').split('\n'),
    applied: readFileSync(join(folder, 'applied'), 'utf8'),
  };
}

test('what the workflows call is there', () => {
  expect(workflows).toEqual(expect.arrayContaining(['deploy.yml', 'deploy-to.yml']));
  for (const file of workflows) {
    for (const { uses, steps = [] } of Object.values(jobs(file))) {
      if (uses?.startsWith('./')) expect(existsSync(join(root, uses))).toBe(true);
      const commands = steps.map(({ run = '' }) => run).join('\n');
      for (const [path] of commands.matchAll(/\b(scripts|\.ci)\/[\w.-]+/g))
        expect(existsSync(join(root, path))).toBe(true);
      for (const [, script] of commands.matchAll(/npm run (\S+)/g)) {
        expect(Object.keys(JSON.parse(read('package.json')).scripts)).toContain(script);
      }
    }
  }
});

test('actions of others are pinned by commit, with the version beside it for who updates them', () => {
  const foreign = workflows.flatMap((file) => read(`.github/workflows/${file}`).match(/uses: [^.].*/g) ?? []);
  expect(foreign.length).toBeGreaterThan(0);
  for (const line of foreign) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('nothing reaches production that was not tested, scanned, put under load and run in staging', () => {
  const all = jobs('deploy.yml');
  const before = (name: string): string[] => [all[name]?.needs ?? []].flat().flatMap((need) => [need, ...before(need)]);
  expect(new Set(before('production'))).toEqual(new Set(['staging', 'load', 'images', 'check', 'test']));
  expect(before('release')).toContain('production');
  const steps = all.images!.steps!.map(({ uses = '' }) => uses.split('@')[0]);
  expect(steps.indexOf('aquasecurity/trivy-action')).toBeGreaterThan(0);
  expect(steps.lastIndexOf('docker/build-push-action')).toBeGreaterThan(steps.indexOf('aquasecurity/trivy-action'));
  expect(jobs('deploy-to.yml').deploy!.environment!.name).toMatch(/inputs\.environment/);
});

test('the pipelines build the images that the Dockerfile has', () => {
  const targets = [...read('Dockerfile').matchAll(/^FROM base AS (\w+)$/gm)].map(([, target]) => target);
  expect(jobs('deploy.yml').images!.strategy!.matrix.target).toEqual(targets);
  expect(read('Jenkinsfile')).toContain(`IMAGES = '${targets.join(' ')}'`);
});

test('a deployment whose pods do not come up is taken back to the images before, workload by workload', () => {
  const { status, stderr, calls, applied } = deploy('*rollout*status*deployment/router*');
  expect([status, stderr]).toEqual([1, expect.stringContaining('going back')]);
  expect(applied).toContain('image: images.example.com/i/router:sha-1');
  expect(calls).toContain('--namespace incumbent-staging set image deployment/router router=before/router:1');
  expect(calls.filter((call) => call.includes(' set image '))).toHaveLength(6);
  expect(calls.findIndex((call) => call.includes('delete job migrate'))).toBeLessThan(
    calls.findIndex((call) => call.startsWith('apply')),
  );
});

test('a migration that fails, or an environment that does not answer, is taken back too', () => {
  expect(deploy('*wait*job/migrate*').calls.filter((call) => call.includes(' set image '))).toHaveLength(6);
  const unknown = spawnSync(join(root, 'scripts/deploy-kubernetes.sh'), ['staging'], { encoding: 'utf8' });
  expect([unknown.status, unknown.stdout]).toEqual([2, expect.stringMatching(/^Usage: /)]);
});

test('release notes are the changelog’s part of that version, and a release that is not told there is refused', () => {
  const notes = (tag: string) =>
    spawnSync('node', [join(root, 'scripts/release-notes.mjs'), tag], { encoding: 'utf8', cwd: '/' });
  expect(notes('Unreleased').stdout).toMatch(/^### Added\n- /);
  expect(notes('Unreleased').stdout).not.toMatch(/^## /m);
  const missing = notes('v99.0.0');
  expect([missing.status, missing.stdout, missing.stderr]).toEqual([1, '', expect.stringContaining('99.0.0')]);
});
