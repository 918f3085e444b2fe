import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { transaction } from './transaction.js';

/** What was kept of a person, and what became of it: rows by kind. */
export interface ErasedUser {
  readonly predictions: number;
  readonly comments: number;
  readonly feedback: number;
  readonly batches: number;
  /** Counts of the person in experiments, which stay as those of somebody unknown. */
  readonly experiments: number;
}

/**
 * Takes a person out of the records. `anonymise` keeps what was predicted and said, but not by whom, and deletes comments;
 * `erase` deletes the predictions and all feedback as well. Experiments keep their counts either way, so that a decision
 * that was made can still be explained.
 *
 * @param userId in its stored form
 */
export async function eraseUser(pool: Pool, userId: string, mode: 'anonymise' | 'erase'): Promise<ErasedUser> {
  return transaction(pool, async (client) => {
    const count = async (statement: string, ...more: unknown[]): Promise<number> =>
      (await client.query(statement, [userId, ...more])).rowCount ?? 0;
    const of = 'prediction_id in (select id from predictions where user_id = $1)';
    const comments = await count(`delete from feedback where type = 'comment' and ${of}`);
    const feedback = mode === 'erase' ? await count(`delete from feedback where ${of}`) : 0;
    const predictions =
      mode === 'erase'
        ? await count('delete from predictions where user_id = $1')
        : await count('update predictions set user_id = null, request_id = null where user_id = $1');
    const batches = await count('update prediction_batches set user_id = null, request_id = null where user_id = $1');
    // the same name in all experiments of the person, as before: who crossed over stays visible
    const nobody = `erased-${randomUUID()}`;
    const compared = await count('update experiment_users set user_id = $2 where user_id = $1', nobody);
    const experiments = compared + (await count('update ab_test_users set user_id = $2 where user_id = $1', nobody));
    return { predictions, comments, feedback, batches, experiments };
  });
}
