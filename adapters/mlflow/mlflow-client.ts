import {
  ConflictError,
  type DomainError,
  InvalidInputError,
  NotFoundError,
  UnavailableError,
} from '../../core/errors.js';

export interface MlflowSettings {
  /** Address of the tracking server; a path before /api is kept, credentials in it count as user name and password. */
  readonly uri: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Sent as a bearer token instead of the two above. */
  readonly token?: string | undefined;
  readonly timeoutMs?: number;
}

export interface MlflowClient {
  /** The server's address without credentials. */
  readonly server: string;
  /**
   * One call of the REST API: `post('runs/create', {…})`.
   *
   * @throws {NotFoundError} RESOURCE_DOES_NOT_EXIST
   * @throws {ConflictError} RESOURCE_ALREADY_EXISTS
   * @throws {UnavailableError} no answer, 5xx, 408, 429, or credentials that are not taken
   * @throws {InvalidInputError} anything else that the server refuses
   */
  post(path: string, body: unknown): Promise<unknown>;
  get(path: string, query: Readonly<Record<string, string>>): Promise<unknown>;
  patch(path: string, body: unknown): Promise<unknown>;
  delete(path: string, body: unknown): Promise<unknown>;
}

const PASSING = new Set([401, 403, 408, 425, 429]);

function toError(host: string, path: string, status: number, text: string): DomainError {
  let code = '';
  let message = text.slice(0, 300);
  try {
    const answer = JSON.parse(text) as { error_code?: unknown; message?: unknown };
    code = String(answer.error_code ?? '');
    message = String(answer.message ?? message).slice(0, 500);
  } catch {
    // a proxy's page: its first characters tell more than nothing
  }
  const told = `MLflow at ${host} answered ${path} with ${status}: ${message}`;
  if (code === 'RESOURCE_DOES_NOT_EXIST') return new NotFoundError(told);
  if (code === 'RESOURCE_ALREADY_EXISTS') return new ConflictError(told);
  // an address that is no MLflow answers 404 to everything: the server is what is wrong, not the one thing sent
  if (status >= 500 || PASSING.has(status) || code === '') return new UnavailableError(told);
  return new InvalidInputError(told);
}

/**
 * A thin client of MLflow's REST API.
 * @see https://mlflow.org/docs/latest/rest-api.html
 */
export function createMlflowClient({
  uri,
  username,
  password,
  token,
  timeoutMs = 10_000,
}: MlflowSettings): MlflowClient {
  const address = new URL(uri);
  const user = username ?? decodeURIComponent(address.username);
  const secret = password ?? decodeURIComponent(address.password);
  address.username = '';
  address.password = '';
  const server = address.href.replace(/\/+$/, '');
  const basic = user === '' ? null : `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
  const authorization = token ? `Bearer ${token}` : basic;

  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${server}/api/2.0/mlflow/${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'incumbent',
          ...(authorization ? { authorization } : {}),
        },
        redirect: 'manual', // credentials must not wander to another host
        signal: AbortSignal.timeout(timeoutMs),
      });
      text = await response.text();
    } catch (error) {
      throw new UnavailableError(`MLflow at ${address.host} did not answer within ${timeoutMs} ms`, { cause: error });
    }
    if (!response.ok) throw toError(address.host, path.split('?')[0]!, response.status, text);
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new UnavailableError(`what answers at ${address.host} is not MLflow`, { cause: error });
    }
  }

  return {
    server,
    post: (path, body) => call('POST', path, body),
    get: (path, query) => call('GET', `${path}?${new URLSearchParams(query)}`),
    patch: (path, body) => call('PATCH', path, body),
    delete: (path, body) => call('DELETE', path, body),
  };
}
