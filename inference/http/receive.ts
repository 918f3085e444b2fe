import { IncomingMessage } from 'node:http';
import type { AnyExchange } from './endpoint.js';
import { parseBody } from './parse-body.js';
import { readBody } from './read-body.js';

/** Bytes of a request for one prediction. */
const PREDICTION_BODY_LIMIT = 64 * 1024;

/**
 * The JSON or form body of a request as a value.
 * @throws {HttpProblem} when it is too large, too slow, of another type or no JSON
 */
export async function receive({ request }: AnyExchange, limit = PREDICTION_BODY_LIMIT): Promise<unknown> {
  const { headers } = request;
  const body = request instanceof IncomingMessage ? await readBody(request, limit) : request.body;
  return parseBody(body, headers['content-type'], headers['content-encoding']);
}
