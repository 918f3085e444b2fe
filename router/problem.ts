/** What the router itself answers when it cannot pass a request on (RFC 9457), besides `code` and `message`. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly message: string;
  /** A client may well succeed by trying again. */
  readonly retryAfterSeconds?: number;
}

export const PROBLEM_TYPE = 'application/problem+json';

/** @param limits in bytes, named in the message */
export function problems(limits: { readonly bodyLimitBytes: number; readonly batchBodyLimitBytes: number }): Problem[] {
  const { bodyLimitBytes, batchBodyLimitBytes } = limits;
  return [
    {
      status: 400,
      code: 'INVALID_INPUT',
      title: 'Bad request',
      message: 'the request could not be read as HTTP',
    },
    {
      status: 408,
      code: 'TIMEOUT',
      title: 'Request timeout',
      message: 'the request did not arrive in time',
      retryAfterSeconds: 1,
    },
    {
      status: 413,
      code: 'BODY_TOO_LARGE',
      title: 'Body too large',
      message: `the request body may have at most ${bodyLimitBytes} bytes (${batchBodyLimitBytes} for a batch)`,
    },
    {
      status: 414,
      code: 'INVALID_INPUT',
      title: 'URI too long',
      message: 'the address of the request is too long',
    },
    {
      status: 429,
      code: 'RATE_LIMITED',
      title: 'Too many requests',
      message: 'this client sends more requests than allowed; slow down',
      retryAfterSeconds: 1,
    },
    {
      status: 502,
      code: 'UNAVAILABLE',
      title: 'No service answered',
      message: 'no prediction service could be reached; try again shortly',
      retryAfterSeconds: 1,
    },
    {
      status: 504,
      code: 'TIMEOUT',
      title: 'The service took too long',
      message: 'the prediction service did not answer in time; try again shortly',
      retryAfterSeconds: 1,
    },
  ];
}

/** The body as JSON text. `requestId` may be nginx's variable. */
export function problemBody({ status, code, title, message }: Problem, requestId: string): string {
  return JSON.stringify({ type: 'about:blank', title, status, code, message, request_id: requestId });
}
