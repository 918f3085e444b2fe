import { InvalidInputError, UnavailableError } from '../../core/errors.js';
import { createGuardedPost } from './guarded-post.js';

const TIMEOUT_MS = 5_000;

export interface Webhook {
  /** @throws {InvalidInputError} when the address must not be called */
  check(url: string): Promise<void>;
  /**
   * Posts JSON. Redirects are not followed.
   * @throws {InvalidInputError} when the address must not be called
   * @throws {UnavailableError} when it does not answer with 2xx in time
   */
  post(url: string, payload: unknown): Promise<void>;
}

/** @param exceptions host names or addresses that may be private */
export function createWebhook(exceptions: readonly string[] = []): Webhook {
  const { check, send } = createGuardedPost(exceptions);
  return {
    check,
    async post(url, payload) {
      const headers = { 'content-type': 'application/json' };
      const request = { url, body: JSON.stringify(payload), headers, timeoutMs: TIMEOUT_MS };
      const status = await send(request).catch((error: Error) => {
        if (error instanceof InvalidInputError) throw error;
        throw new UnavailableError(`${new URL(url).host} did not answer: ${error.message}`, { cause: error });
      });
      if (status < 200 || status > 299) throw new UnavailableError(`${new URL(url).host} answered with ${status}`);
    },
  };
}
