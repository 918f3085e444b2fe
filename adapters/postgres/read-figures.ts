import type { Pool } from 'pg';
import type { Figure } from '../figures/figure.js';

/**
 * Runs statements that answer rows of (key, labels, value), one after the other on one connection: reading figures must
 * not take connections from the work. A null value is a figure that does not exist yet.
 * @throws what the driver throws; a statement that takes longer than 5 s is cancelled
 */
export async function readFigures(pool: Pool, statements: readonly string[]): Promise<Figure[]> {
  const client = await pool.connect();
  try {
    await client.query("begin read only; set local statement_timeout = '5s'");
    const figures: Figure[] = [];
    for (const statement of statements) {
      const { rows } = await client.query<{ key: string; labels: Record<string, string>; value: unknown }>(statement);
      for (const { key, labels, value } of rows)
        if (value !== null) figures.push({ key, labels, value: Number(value) });
    }
    await client.query('commit');
    client.release();
    return figures;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
