import type { OutgoingHttpHeader } from 'node:http';
import { DomainError, type ErrorCode, type FieldProblem, InvalidInputError } from '../../core/errors.js';

/** Codes of problems that only HTTP knows. */
export type HttpCode =
  | 'BAD_JSON'
  | 'BAD_REQUEST'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'METHOD_NOT_ALLOWED'
  | 'REQUEST_TIMEOUT'
  | 'PRECONDITION_FAILED'
  | 'PRECONDITION_REQUIRED'
  | 'TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'IDEMPOTENCY_MISMATCH'
  | 'RATE_LIMITED'
  | 'MODEL_FAILED'
  | 'INTERNAL';

/** An answer that is an error: RFC 9457 problem details. */
export interface Problem {
  readonly status: number;
  readonly code: ErrorCode | HttpCode;
  /** One sentence for a person; it is `detail` and `message` of the answer. */
  readonly message: string;
  readonly fields?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Members of the answer besides the usual ones, for example the job that is in the way. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A request that is refused before it reaches the domain. */
export class HttpProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = 'HttpProblem';
    this.problem = problem;
  }
}

const statusByCode: Readonly<Record<ErrorCode, number>> = {
  INVALID_INPUT: 422,
  NOT_FOUND: 404,
  CONFLICT: 409,
  NO_MODEL: 503,
  ARTIFACT_INVALID: 503,
  DATASET_INVALID: 422,
  GATE_FAILED: 422,
  UNAVAILABLE: 503,
};

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  409: 'Conflict',
  412: 'Changed since you looked',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Invalid input',
  428: 'Precondition required',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available now',
};

/** Any error → what the caller is told. Unknown errors give nothing of themselves away. */
export function toProblem(error: unknown): Problem {
  if (error instanceof HttpProblem) return error.problem;
  if (error instanceof InvalidInputError) {
    return { status: 422, code: error.code, message: error.message, fields: error.problems };
  }
  if (error instanceof DomainError) {
    const { code, message } = error;
    return { status: statusByCode[code], code, message };
  }
  return { status: 500, code: 'INTERNAL', message: 'something went wrong here; the log of the service says what' };
}

/** The body of a problem. `detail` is RFC 9457's name of the sentence, `message` the router's. */
export function problemBody(problem: Problem, requestId: string | null = null): string {
  const { status, code, message, fields, extensions } = problem;
  return JSON.stringify({
    ...extensions,
    type: `urn:incumbent:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: titles[status] ?? 'Error',
    status,
    code,
    detail: message,
    message,
    ...(fields && fields.length > 0 ? { fields } : {}),
    ...(requestId === null ? {} : { request_id: requestId }),
  });
}

/** What is needed of a response to answer with a text; a ServerResponse has it. */
export interface TextResponse {
  readonly headersSent: boolean;
  writeHead(status: number, headers: Record<string, OutgoingHttpHeader> | string[]): unknown;
  end(body: string): unknown;
  destroy(): unknown;
}

function send(response: TextResponse, problem: Problem, type: string, body: string): void {
  if (response.headersSent) {
    response.destroy(); // the answer had begun: a cut connection is the only honest end
    return;
  }
  response.writeHead(problem.status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    ...(problem.status === 503 ? { 'Retry-After': problem.code === 'NO_MODEL' ? '5' : '1' } : {}),
    ...problem.headers,
  });
  response.end(body);
}

export function sendProblem(response: TextResponse, problem: Problem, requestId: string | null = null): void {
  send(response, problem, 'application/problem+json', problemBody(problem, requestId));
}

/** The error object of the Open Inference Protocol. */
export function sendProtocolError(response: TextResponse, problem: Problem): void {
  send(response, problem, 'application/json', JSON.stringify({ error: problem.message, code: problem.code }));
}
