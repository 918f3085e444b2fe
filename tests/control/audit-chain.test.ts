import { spawnSync } from 'node:child_process';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { auditDigest, CHAIN_START } from '../../adapters/postgres/audit-digest.js';
import { createAuditLog } from '../../adapters/postgres/audit-log.js';
import { verifyAudit } from '../../adapters/postgres/verify-audit.js';
import { createTestDatabase } from '../support/database.js';

const database = await createTestDatabase();
const { pool } = database;
const audit = createAuditLog(pool);
afterAll(() => database.drop());

beforeEach(async () => {
  await pool.query('truncate audit restart identity');
  await pool.query('update audit_head set count = 0, hash = $1', [CHAIN_START]);
  for (let i = 1; i <= 6; i++) {
    const details = { step: i, weight: 0.1 + 0.2, nested: { z: 1, a: ['ü', null, true] }, gone: undefined };
    await audit.append({ project: 'homes', action: 'deploy', actor: 'asha', subject: `BO${i}`, details }, `key-${i}`);
  }
});

const messages = async (head?: string) => (await verifyAudit(pool, head)).findings.map(({ message }) => message);

test('a chain nobody touched is whole, whatever its details hold', async () => {
  const { rows, unchained, findings, head } = await verifyAudit(pool);
  expect({ rows, unchained, findings }).toEqual({ rows: 6, unchained: 0, findings: [] });
  expect(head).toMatch(/^6:[0-9a-f]{64}$/);
});

test('the digest is the SHA-256 of the fields as sorted JSON', () => {
  const at = new Date('2026-01-01T00:00:00Z');
  const entry = { project: null, action: 'a', actor: 'b', subject: 'c', reason: '', workflowId: null, at };
  // printf '[1,"",null,"a","b","c","",{"x":1,"y":2},null,"2026-01-01T00:00:00.000Z","k"]' | sha256sum
  expect(auditDigest({ ...entry, sequence: 1, previousHash: '', details: { y: 2, x: 1 }, idempotencyKey: 'k' })).toBe(
    'a17b29c0e4b70c37dddb5b3a9fc17abe68113fd149832b58c8a42da35e1ff264',
  );
});

test('the same key appends one row', async () => {
  await audit.append({ project: 'homes', action: 'deploy', actor: 'asha', subject: 'BO6' }, 'key-6');
  expect((await verifyAudit(pool)).rows).toBe(6);
});

test('appends from many sides at once make one chain', async () => {
  const entry = { project: 'homes', action: 'promote', actor: 'ravi', subject: 'CO1' };
  await Promise.all(Array.from({ length: 20 }, (_, i) => audit.append(entry, `parallel-${i}`)));
  const { rows, findings } = await verifyAudit(pool);
  expect([rows, findings]).toEqual([26, []]);
});

test('a changed row is named', async () => {
  await pool.query("update audit set actor = 'nobody' where sequence = 3");
  expect(await messages()).toEqual([expect.stringMatching(/^row 3 \(deploy BO3, .*was changed/)]);
});

test('a removed row is named by its place', async () => {
  await pool.query('delete from audit where sequence = 4');
  expect(await messages()).toEqual([expect.stringMatching(/^row 4 of the chain removed before row 5 /)]);
});

test('rows removed at the end are missed as well', async () => {
  await pool.query('delete from audit where sequence > 4');
  expect(await messages()).toEqual(['rows 5 to 6 at the end of the chain were removed']);
});

test('two rows that changed places are both named with the place where they were written', async () => {
  await pool.query('update audit set sequence = -1 where sequence = 2');
  await pool.query('update audit set sequence = 2 where sequence = 3');
  await pool.query('update audit set sequence = 3 where sequence = -1');
  expect(await messages()).toEqual([
    expect.stringMatching(/^row 3 .*it was written as number 3/),
    expect.stringMatching(/^row 2 .*it was written as number 2/),
  ]);
});

test('a row written anew with a right hash of its own breaks the one after it', async () => {
  const { rows } = await pool.query('select * from audit where sequence = 3');
  const row = rows[0];
  const forged = auditDigest({
    ...row,
    actor: 'nobody',
    previousHash: row.previous_hash,
    workflowId: row.workflow_id,
    idempotencyKey: row.idempotency_key,
  });
  await pool.query("update audit set actor = 'nobody', hash = $1 where sequence = 3", [forged]);
  expect(await messages()).toEqual([expect.stringMatching(/^row 4 .*does not follow/)]);
});

test('a row put beside the chain is named', async () => {
  await pool.query(
    "insert into audit (action, actor, subject, idempotency_key) values ('deploy', 'nobody', 'BO9', 'forged')",
  );
  expect(await messages()).toEqual(['row 7 was put beside the chain']);
});

test('a chain that was wholly written anew does not fit a head kept elsewhere', async () => {
  const { head } = await verifyAudit(pool);
  expect(await messages(head)).toEqual([]);
  await pool.query('truncate audit restart identity');
  await pool.query('update audit_head set count = 0, hash = $1', [CHAIN_START]);
  for (let i = 1; i <= 6; i++) {
    await audit.append({ project: 'homes', action: 'deploy', actor: 'nobody', subject: `BO${i}` }, `key-${i}`);
  }
  expect(await messages()).toEqual([]);
  expect(await messages(head)).toEqual([expect.stringMatching(/^row 6 .*written anew/)]);
});

test('npm run audit verify ends with 1 and names the row when something is wrong', async () => {
  await pool.query("update audit set reason = 'because' where sequence = 2");
  const run = () =>
    spawnSync(process.execPath, ['--import', 'tsx', 'stack/audit.ts', 'verify'], {
      env: { ...process.env, DATABASE_URL: database.url },
      encoding: 'utf8',
    });
  const bad = run();
  expect([bad.status, bad.stdout]).toEqual([1, expect.stringMatching(/row 2 .*was changed[\s\S]*6 rows, 1 findings/)]);
  await pool.query("update audit set reason = '' where sequence = 2");
  expect(run().status).toBe(0);
});
