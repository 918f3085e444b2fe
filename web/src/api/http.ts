/** One field the server did not accept, in its own words. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** An answer that is not a success, or no answer at all (`status` 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly fields: readonly FieldProblem[];

  constructor(status: number, message: string, fields: readonly FieldProblem[] = [], options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiError';
    this.status = status;
    this.fields = fields;
  }
}

interface ProblemDocument {
  readonly title?: unknown;
  readonly detail?: unknown;
  readonly message?: unknown;
  readonly fields?: unknown;
}

function isField(value: unknown): value is FieldProblem {
  if (typeof value !== 'object' || value === null) return false;
  const { field, message } = value as Partial<FieldProblem>;
  return typeof field === 'string' && typeof message === 'string';
}

/** Reads a problem document (RFC 9457) with the fields it names; anything else becomes a plain sentence. */
function toApiError(status: number, body: unknown): ApiError {
  const problem: ProblemDocument = typeof body === 'object' && body !== null ? body : {};
  const said = [problem.detail, problem.message, problem.title].find(
    (text): text is string => typeof text === 'string' && text !== '',
  );
  const fields = Array.isArray(problem.fields) ? problem.fields.filter(isField) : [];
  return new ApiError(status, said ?? `The server answered with status ${status}.`, fields);
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!response.ok) return undefined;
    throw new ApiError(response.status, 'The answer could not be read.', [], { cause: error });
  }
}

/** Tells `signed-out` when the control API no longer knows who this is. */
export const sessionEvents = new EventTarget();

export const SIGNED_OUT = 'signed-out';

let csrfToken: string | null = null;

/** Kept in memory only: a reload asks for it again. @param token null = none is needed */
export function setCsrfToken(token: string | null): void {
  csrfToken = token;
}

interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** The change is refused (412) when the thing is no longer the one with this entity tag. */
  readonly ifMatch?: string | null;
}

/** Something with the entity tag it was answered with. */
export interface Tagged<T> {
  readonly value: T;
  readonly etag: string | null;
}

/** The headers of one's own requests; a change of the control API proves that it comes from a page of ours. */
function ownHeaders(path: string, method: string, contentType: string | null): Record<string, string> {
  return {
    Accept: 'application/json',
    ...(contentType === null ? {} : { 'Content-Type': contentType }),
    ...(csrfToken !== null && method !== 'GET' && path.startsWith('/control/') ? { 'X-CSRF-Token': csrfToken } : {}),
  };
}

/**
 * Asks the server for JSON. A file (Blob) is sent as it is, anything else as JSON.
 *
 * @throws {ApiError} with the server's own words where it gave any; an aborted request throws the signal's reason
 */
export async function requestJson<T>(path: string, options: RequestOptions = {}): Promise<T> {
  return (await requestTagged<T>(path, options)).value;
}

/** The same with the entity tag of the answer, for a change of what was seen and nothing newer. */
export async function requestTagged<T>(path: string, options: RequestOptions = {}): Promise<Tagged<T>> {
  const { method = 'GET', body, signal, ifMatch = null } = options;
  const file = body instanceof Blob;
  const contentType = body === undefined ? null : file ? body.type : 'application/json';
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        ...ownHeaders(path, method, contentType),
        ...(ifMatch === null ? {} : { 'If-Match': ifMatch }),
      },
      body: body === undefined ? null : file ? body : JSON.stringify(body),
      signal: signal ?? null,
      credentials: 'same-origin',
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'The server cannot be reached. Check your connection and try again.', [], { cause: error });
  }
  if (response.status === 401 && path.startsWith('/control/')) sessionEvents.dispatchEvent(new Event(SIGNED_OUT));
  const answer = await readBody(response);
  if (!response.ok) throw toApiError(response.status, answer);
  return { value: answer as T, etag: response.headers.get('ETag') };
}
