import { isDeepStrictEqual } from 'node:util';
import { ConflictError } from '../core/errors.js';
import type { RoutingState } from './routing-state.js';

/**
 * Whether a state asks for anything new.
 * @throws {ConflictError} when it is older than the one in force
 */
export function isNews(inForce: RoutingState, wanted: RoutingState): boolean {
  if (wanted.generation < inForce.generation) {
    throw new ConflictError(
      `routing generation ${inForce.generation} is in force, generation ${wanted.generation} comes too late`,
    );
  }
  return !isDeepStrictEqual(inForce, wanted);
}

/** Runs jobs one after another; a failed one does not stop the next. */
export function createQueue(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(job);
    last = result.catch(() => {});
    return result;
  };
}
