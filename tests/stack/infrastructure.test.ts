import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { Connection } from '@temporalio/client';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { processStart } from '../../scripts/process-identity.mjs';
import { startInfrastructure } from '../../stack/infrastructure.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'incumbent-infrastructure-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

test('Postgres, Temporal and S3 come up on free ports, answer, keep their data and go down leaving no process', async () => {
  const first = await startInfrastructure({ home, durable: true });
  const pids = first.statuses().flatMap((status) => status.pids);
  expect(pids).toHaveLength(3);
  await withDatabase(first.databaseUrl, (client) => client.query('create table kept as select 42 as answer'));
  expect(await headBucket(first.s3)).toBe(200);
  expect(await searchAttributes(first.temporalAddress)).toMatchObject({
    IncumbentProject: 2,
    IncumbentModelVersion: 2,
    IncumbentVerdict: 2,
  });
  await first.stop();
  expect(pids.map(processStart)).toEqual([null, null, null]);

  const second = await startInfrastructure({ home, durable: true });
  try {
    const rows = await withDatabase(second.databaseUrl, (client) => client.query('select answer from kept'));
    expect(rows.rows).toEqual([{ answer: 42 }]);
    expect(second.s3.accessKeyId).toBe(first.s3.accessKeyId);
    expect(statSync(join(home, 'secrets.json')).mode & 0o777).toBe(0o600);
  } finally {
    await second.stop();
  }
}, 40_000);

test('only the parts asked for are started, and only their variables are given', async () => {
  const infrastructure = await startInfrastructure({ home, parts: ['s3'] });
  try {
    expect(infrastructure.statuses().map((status) => status.name)).toEqual(['s3']);
    expect(Object.keys(infrastructure.env)).toContain('S3_ENDPOINT');
    expect(Object.keys(infrastructure.env)).not.toContain('DATABASE_URL');
  } finally {
    await infrastructure.stop();
  }
}, 20_000);

test('the parts end when the process that started them is killed', async () => {
  const script = fileURLToPath(new URL('fixtures/start-and-wait.ts', import.meta.url));
  const owner = spawn(process.execPath, ['--import', 'tsx', script, home], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void owner.kill('SIGKILL'));
  const [line] = (await once(owner.stdout.setEncoding('utf8'), 'data')) as [string];
  const pids = JSON.parse(line) as number[];
  expect(pids.map((pid) => processStart(pid) !== null)).toEqual([true, true]);
  owner.kill('SIGKILL');
  await expect.poll(() => pids.map(processStart), { timeout: 10_000 }).toEqual([null, null]);
  expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(home);
}, 30_000);

async function withDatabase<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function headBucket(s3: { endpoint: string; accessKeyId: string; secretAccessKey: string; bucket: string }) {
  const client = new S3Client({ endpoint: s3.endpoint, region: 'us-east-1', forcePathStyle: true, credentials: s3 });
  const answer = await client.send(new HeadBucketCommand({ Bucket: s3.bucket }));
  client.destroy();
  return answer.$metadata.httpStatusCode;
}

/** Name to type; 2 is INDEXED_VALUE_TYPE_KEYWORD of temporal.api.enums.v1. */
async function searchAttributes(address: string) {
  const connection = await Connection.connect({ address });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
  await connection.close();
  return customAttributes;
}
