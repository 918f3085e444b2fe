import { type Credential, findCredential } from './credentials.js';
import { CliError, exitCodes } from './exit-codes.js';

type Query = Readonly<Record<string, string | number | undefined>>;

/** What the API sends for a problem (RFC 9457). */
interface Problem {
  readonly message?: string;
  readonly code?: string;
  readonly fields?: readonly { field: string; message: string }[];
  readonly job_id?: string;
}

export interface ControlApi {
  readonly url: string;
  get<T>(path: string, query?: Query): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  /** The answer itself, for streams and cookies. @throws {CliError} as the others do */
  send(method: string, path: string, options?: { body?: unknown; headers?: Record<string, string> }): Promise<Response>;
}

const TIMEOUT_MS = 30_000;

function authHeaders(credential: Credential | null): Record<string, string> {
  if (!credential) return {};
  if ('token' in credential) return { authorization: `Bearer ${credential.token}` };
  return { cookie: credential.session, 'x-csrf-token': credential.csrfToken };
}

function toError(url: string, status: number, text: string): CliError {
  let problem: Problem = {};
  try {
    problem = JSON.parse(text) as Problem;
  } catch {
    // another server, or a proxy: its status is all there is to say
  }
  const fields = (problem.fields ?? []).map(({ field, message }) => `\n  ${field}: ${message}`).join('');
  const job = problem.job_id ? ` (${problem.job_id})` : '';
  const message = `${problem.message ?? `${url} answered ${status}, and not as a control API does`}${job}${fields}`;
  if (status === 401) return new CliError(exitCodes.access, `${message}\nSign in with: incumbent login`);
  if (status === 403) return new CliError(exitCodes.access, message);
  if (status >= 500 || status === 429) return new CliError(exitCodes.away, message);
  return new CliError(exitCodes.refused, message);
}

/** Why a connection failed, as the system says it: ECONNREFUSED, ENOTFOUND, a certificate. */
function because(error: unknown): string {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  return cause?.code ?? cause?.message ?? (error as Error).message;
}

/** The control API at `url`, asked as whoever is signed in there. */
export function createControlApi(url: string, credential: Credential | null = findCredential(url)): ControlApi {
  const send: ControlApi['send'] = async (method, path, { body, headers = {} } = {}) => {
    let response: Response;
    try {
      response = await fetch(`${url}/api/${path}`, {
        method,
        redirect: 'manual', // the token must not wander to another host
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'incumbent-cli',
          ...authHeaders(credential),
          ...headers,
        },
        // a stream lasts as long as it lasts
        ...(headers.accept ? {} : { signal: AbortSignal.timeout(TIMEOUT_MS) }),
      });
    } catch (error) {
      const hint = 'Is it running (npm start)? INCUMBENT_URL or --url names another address.';
      throw new CliError(exitCodes.away, `the control API at ${url} does not answer: ${because(error)}\n${hint}`, {
        cause: error,
      });
    }
    if (!response.ok) throw toError(url, response.status, await response.text());
    return response;
  };
  const json = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const text = await (await send(method, path, { body })).text();
    try {
      return (text === '' ? undefined : JSON.parse(text)) as T;
    } catch (error) {
      throw new CliError(exitCodes.away, `what answers at ${url} is not a control API`, { cause: error });
    }
  };
  return {
    url,
    send,
    get: (path, query = {}) => {
      const given = Object.entries(query).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      );
      const search = new URLSearchParams(Object.fromEntries(given)).toString();
      return json('GET', search === '' ? path : `${path}?${search}`);
    },
    post: (path, body) => json('POST', path, body),
    put: (path, body) => json('PUT', path, body),
  };
}
