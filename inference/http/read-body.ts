import type { IncomingMessage } from 'node:http';
import { HttpProblem } from '../../adapters/http/problem.js';
import { awaitBody, BODY_TIMEOUT_MS, received } from './body-deadlines.js';

/** The rest of such a body is not read, so its connection cannot be used again. */
const headers = { Connection: 'close' };

function tooLarge(limit: number): HttpProblem {
  return new HttpProblem({
    status: 413,
    code: 'TOO_LARGE',
    message: `the body may have at most ${limit} bytes`,
    headers,
  });
}

function late(): HttpProblem {
  const message = `the body did not arrive within ${BODY_TIMEOUT_MS / 1000} s`;
  return new HttpProblem({ status: 408, code: 'REQUEST_TIMEOUT', message, headers });
}

/**
 * The whole body of a request.
 *
 * @param limit bytes
 * @throws {HttpProblem} 413 as soon as more than `limit` bytes are announced or came; 408 when it takes too long;
 * 400 when the client went away
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.reject(tooLarge(limit));
  return new Promise((resolve, reject) => {
    let first: Buffer | undefined;
    let rest: Buffer[] | undefined;
    let size = 0;
    const refuse = (problem: HttpProblem) => {
      received(giveUp);
      request.removeAllListeners('data').resume();
      reject(problem);
    };
    const giveUp = () => refuse(late());
    awaitBody(giveUp);
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) refuse(tooLarge(limit));
      else if (first === undefined) first = chunk;
      else if (rest === undefined) rest = [first, chunk];
      else rest.push(chunk);
    });
    request.on('end', () => {
      received(giveUp);
      resolve(rest ? Buffer.concat(rest) : (first ?? Buffer.alloc(0)));
    });
    request.on('error', () =>
      refuse(new HttpProblem({ status: 400, code: 'BAD_REQUEST', message: 'the body did not arrive' })),
    );
  });
}
