import type { IncomingMessage } from 'node:http';
import { HttpProblem } from '../../adapters/http/problem.js';

/**
 * Hands the body of a request over piece by piece; the next piece is read when the last one was taken. When `take`
 * throws, the rest of the body is read and dropped, so that the client gets to read its answer.
 *
 * @throws whatever `take` throws; {HttpProblem} 400 when the client went away
 */
export function eachChunk(request: IncomingMessage, take: (chunk: Buffer) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let taking = Promise.resolve();
    const stop = (error: unknown) => {
      request.removeAllListeners('data').resume();
      reject(error);
    };
    request.on('data', (chunk: Buffer) => {
      request.pause();
      taking = take(chunk).then(() => void request.resume(), stop);
    });
    request.on('end', () => void taking.then(resolve));
    const gone = () => stop(new HttpProblem({ status: 400, code: 'BAD_REQUEST', message: 'the client went away' }));
    request.on('error', gone);
    request.on('aborted', gone);
  });
}
