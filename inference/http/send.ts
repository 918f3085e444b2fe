import type { TextResponse } from '../../adapters/http/problem.js';

/** Answers 200 (or `status`) with a value as JSON. */
export function sendJson(response: TextResponse, value: unknown, status = 200): void {
  sendText(response, JSON.stringify(value), 'application/json', status);
}

export function sendText(response: TextResponse, text: string, contentType: string, status = 200): void {
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}
