import { ApplicationFailure } from '@temporalio/activity';
import { DomainError, type ErrorCode } from '../core/errors.js';

/** A later attempt can only succeed where the fault lies in a part that may come back. */
const retryable: ReadonlySet<ErrorCode> = new Set(['UNAVAILABLE']);

type Activity = (...input: never[]) => Promise<unknown>;

/**
 * Wraps activities so that a domain error reaches the workflow as an ApplicationFailure whose type is the error's code,
 * retried only where that can help. Everything else (a lost connection, a bug) keeps Temporal's usual retries.
 */
export function withDomainFailures<T extends Record<string, Activity>>(activities: T): T {
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (...input: never[]) => {
      try {
        return await activity(...input);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        throw ApplicationFailure.create({
          message: error.message,
          type: error.code,
          nonRetryable: !retryable.has(error.code),
          cause: error,
        });
      }
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}
