import type { Pool } from 'pg';
import { auditDigest, CHAIN_START, type ChainedEntry } from './audit-digest.js';

interface AuditFinding {
  readonly kind: 'changed' | 'removed' | 'moved' | 'replaced' | 'foreign' | 'head';
  /** Place in the chain, from 1; null where the row has none. */
  readonly sequence: number | null;
  /** Names the row and says what is wrong with it. */
  readonly message: string;
}

export interface AuditVerification {
  /** Rows of the chain that were read. */
  readonly rows: number;
  /** Rows written before there was a chain: nothing can be said about them. */
  readonly unchained: number;
  /** `{count}:{hash}` of the last row; kept elsewhere, it proves later that nothing before it was rewritten. */
  readonly head: string;
  readonly findings: readonly AuditFinding[];
}

interface Row extends ChainedEntry {
  readonly id: number;
  readonly hash: string;
}

const COLUMNS = `id, sequence, previous_hash as "previousHash", hash, project, action, actor, subject, reason, details,
  workflow_id as "workflowId", at, idempotency_key as "idempotencyKey"`;
const PAGE = 1000;

async function* chain(pool: Pool): AsyncGenerator<Row> {
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const { rows } = await pool.query<Row>(
      `select ${COLUMNS} from audit where sequence > $1 order by sequence limit $2`,
      [after, PAGE],
    );
    yield* rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.sequence;
  }
}

const named = ({ id, action, subject, at }: Row) => `row ${id} (${action} ${subject}, ${at.toISOString()})`;

/** How far from its place a moved row is looked for when the row it follows has moved as well. */
const NEAR = 100;

/** A row whose content is whole but not where it was written: for which place is its own hash right? */
async function placeOf(pool: Pool, row: Row): Promise<number | null> {
  const { rows } = await pool.query<{ sequence: number }>('select sequence from audit where hash = $1', [
    row.previousHash,
  ]);
  const near = Array.from({ length: 2 * NEAR + 1 }, (_, i) => row.sequence - NEAR + i);
  const places = [...rows.map(({ sequence }) => sequence + 1), ...near];
  return places.find((sequence) => sequence > 0 && auditDigest({ ...row, sequence }) === row.hash) ?? null;
}

/**
 * Reads the whole chain and computes every hash anew.
 *
 * @param expectedHead `{count}:{hash}` as an earlier verification told it
 */
export async function verifyAudit(pool: Pool, expectedHead?: string): Promise<AuditVerification> {
  const findings: AuditFinding[] = [];
  const find = (kind: AuditFinding['kind'], sequence: number | null, message: string) =>
    void findings.push({ kind, sequence, message });
  const [expectedCount, expectedHash] = expectedHead?.split(':') ?? [];
  let rows = 0;
  let last = { sequence: 0, hash: CHAIN_START, whole: true };
  for await (const row of chain(pool)) {
    rows++;
    const { sequence } = row;
    if (sequence > last.sequence + 1) {
      const gone =
        sequence - last.sequence === 2 ? `row ${last.sequence + 1}` : `rows ${last.sequence + 1} to ${sequence - 1}`;
      find('removed', last.sequence + 1, `${gone} of the chain removed before ${named(row)}`);
    }
    const whole = auditDigest(row) === row.hash;
    if (!whole) {
      const place = await placeOf(pool, row);
      if (place === null) find('changed', sequence, `${named(row)} was changed after it was written`);
      else find('moved', sequence, `${named(row)} was moved: it was written as number ${place} of the chain`);
    } else if (last.whole && sequence === last.sequence + 1 && row.previousHash !== last.hash) {
      find('replaced', sequence, `${named(row)} does not follow from the row before it: one of them was written anew`);
    }
    if (expectedHash !== undefined && sequence === Number(expectedCount) && row.hash !== expectedHash) {
      find(
        'replaced',
        sequence,
        `${named(row)} has another hash than ${expectedHead}: the chain up to it was written anew`,
      );
    }
    last = { sequence, hash: row.hash, whole };
  }
  const { rows: heads } = await pool.query<{ count: number; hash: string }>('select count, hash from audit_head');
  const head = heads[0] ?? { count: 0, hash: CHAIN_START };
  if (head.count > last.sequence) {
    find(
      'removed',
      last.sequence + 1,
      `rows ${last.sequence + 1} to ${head.count} at the end of the chain were removed`,
    );
  } else if (head.count !== last.sequence || head.hash !== last.hash) {
    find('head', last.sequence, `the chain ends at ${last.sequence}, its recorded end is ${head.count}`);
  }
  if (expectedCount !== undefined && Number(expectedCount) > last.sequence) {
    find('removed', last.sequence + 1, `the chain had ${expectedCount} rows before and has ${last.sequence} now`);
  }
  const loose = await pool.query<{ id: number; foreign: boolean }>(
    `select id, id > (select min(id) from audit where sequence is not null) as foreign from audit where sequence is null`,
  );
  for (const { id } of loose.rows.filter((row) => row.foreign)) {
    find('foreign', null, `row ${id} was put beside the chain`);
  }
  const unchained = loose.rows.filter((row) => !row.foreign).length;
  return { rows, unchained, head: `${last.sequence}:${last.hash}`, findings };
}
