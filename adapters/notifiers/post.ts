import { InvalidInputError, UnavailableError } from '../../core/errors.js';

export interface PostRequest {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** Posts once and tells the status, without following redirects: a signed message must not wander to another address. */
export type SendPost = (request: PostRequest) => Promise<number>;

export const sendByFetch: SendPost = async ({ url, body, headers, timeoutMs }) => {
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal });
  await response.body?.cancel();
  return response.status;
};

/** Statuses after which the same request may be taken later. */
const PASSING = new Set([408, 425, 429]);

/**
 * Posts JSON once. Errors name the host only, since the rest of the address may be a secret.
 * @throws {UnavailableError} when a later attempt may help
 * @throws {InvalidInputError} when the receiver refuses it for good
 */
export async function post(request: PostRequest, send: SendPost): Promise<void> {
  const { host } = new URL(request.url);
  const headers = { 'content-type': 'application/json', 'user-agent': 'incumbent', ...request.headers };
  let status: number;
  try {
    status = await send({ ...request, headers });
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    throw new UnavailableError(`${host} could not be reached within ${request.timeoutMs} ms`, { cause: error });
  }
  if (status >= 200 && status <= 299) return;
  const message = `${host} answered ${status}`;
  if (status >= 500 || PASSING.has(status)) throw new UnavailableError(message);
  throw new InvalidInputError(`${message}: it refuses the notification`);
}
