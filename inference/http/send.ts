import type { ProblemResponse } from '../../adapters/http/problem.js';

/** Answers 200 (or `status`) with a value as JSON. */
export function sendJson(response: ProblemResponse, value: unknown, status = 200): void {
  sendText(response, JSON.stringify(value), 'application/json', status);
}

export function sendText(response: ProblemResponse, text: string, contentType: string, status = 200): void {
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}
