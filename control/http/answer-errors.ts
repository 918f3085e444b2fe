import type { NextFunction, Request, Response } from 'express';
import { isConnectionLost } from '../../adapters/http/connection-lost.js';
import { type HttpCode, HttpProblem, type Problem, sendProblem, toProblem } from '../../adapters/http/problem.js';

/** What express's body readers and router say, in our codes. */
const byStatus: Readonly<Record<number, HttpCode>> = {
  400: 'BAD_REQUEST',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

function fromExpress(error: unknown): Problem | null {
  const { status, type, message } = (error ?? {}) as { status?: unknown; type?: unknown; message?: string };
  if (typeof status !== 'number' || !(status in byStatus)) return null;
  const code = type === 'entity.parse.failed' ? 'BAD_JSON' : byStatus[status]!;
  return { status, code, message: (message ?? 'the request cannot be read').slice(0, 200) };
}

/** Every error of the API ends here: it is answered as a problem and logged by its weight. */
export function answerErrors(error: unknown, request: Request, response: Response, _next: NextFunction): void {
  const away: Problem = {
    status: 503,
    code: 'UNAVAILABLE',
    message: 'a part that this answer needs is away; try again shortly',
  };
  const known = error instanceof HttpProblem ? error.problem : fromExpress(error);
  const problem = known ?? (isConnectionLost(error) ? away : toProblem(error));
  const details = { code: problem.code, status: problem.status };
  if (problem.status >= 500) request.log.error({ ...details, err: error }, 'request failed');
  else request.log.info({ ...details, reason: problem.message }, 'request refused');
  sendProblem(response, problem, String(request.id));
}

export function answerNotFound(request: Request): void {
  const message = `${request.method} ${request.path.slice(0, 100)} is not part of this API; see /openapi.json`;
  throw new HttpProblem({ status: 404, code: 'NOT_FOUND', message });
}
