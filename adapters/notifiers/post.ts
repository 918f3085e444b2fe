import { InvalidInputError, UnavailableError } from '../../core/errors.js';

export interface PostOptions {
  readonly url: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly fetch: typeof globalThis.fetch;
}

/** Statuses after which the same request may be taken later. */
const PASSING = new Set([408, 425, 429]);

/**
 * Posts JSON once. Redirects are not followed: a signed message must not wander to another address. Errors name the host
 * only, since the rest of the address may be a secret.
 */
export async function post({ url, body, headers, timeoutMs, fetch }: PostOptions): Promise<void> {
  const { host } = new URL(url);
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'user-agent': 'incumbent', ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    throw new UnavailableError(`${host} could not be reached within ${timeoutMs} ms`, { cause: error });
  }
  await response.body?.cancel();
  if (response.ok) return;
  const message = `${host} answered ${response.status}`;
  if (response.status >= 500 || PASSING.has(response.status)) throw new UnavailableError(message);
  throw new InvalidInputError(`${message}: it refuses the notification`);
}
