import type { ServerResponse } from 'node:http';

const titles = {
  FORBIDDEN: 'Forbidden',
  METHOD_NOT_ALLOWED: 'Method not allowed',
  UNAVAILABLE: 'Not available now',
} as const;

/** Answers with a problem document (RFC 9457), as the services behind this server write theirs. */
export function sendProblem(
  response: ServerResponse,
  status: number,
  code: keyof typeof titles,
  message: string,
): void {
  const type = `urn:incumbent:problem:${code.toLowerCase().replaceAll('_', '-')}`;
  const body = JSON.stringify({ type, title: titles[code], status, code, message });
  response.writeHead(status, {
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
}
