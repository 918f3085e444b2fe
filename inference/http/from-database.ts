import { isAway } from '../../adapters/postgres/database-error.js';
import { DomainError, UnavailableError } from '../../core/errors.js';

/**
 * Runs a question to the database.
 * @throws {UnavailableError} when the database is away
 */
export async function fromDatabase<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof DomainError || !isAway(error)) throw error;
    throw new UnavailableError('the database is away: try again in a moment', { cause: error });
  }
}
