import type { IncomingMessage, ServerResponse } from 'node:http';
import { securityHeaders } from './security-headers.js';
import type { StaticFile } from './static-files.js';

/** Paths the app draws itself; everything else it can only call not found. */
const pages = /^\/(help|iris|ops(\/.*)?)?$/;

/** Answers with a file of the app, or with the app's page for the addresses it draws. */
export function serveApp(
  files: ReadonlyMap<string, StaticFile>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  path: string,
): void {
  const named = path === '/index.html' ? undefined : files.get(path);
  const file = named ?? files.get('/index.html');
  if (file === undefined) throw new Error('the built app has no index.html');
  const found = named !== undefined || pages.test(path);
  const headers: Record<string, string | number> = {
    ...securityHeaders,
    'Content-Type': file.contentType,
    'Cache-Control': file.cacheControl,
    ETag: file.etag,
    Vary: 'Accept-Encoding',
  };
  if (found && incoming.headers['if-none-match'] === file.etag) {
    outgoing.writeHead(304, headers).end();
    return;
  }
  const zipped = file.gzip !== null && /\bgzip\b/.test(incoming.headers['accept-encoding'] ?? '') ? file.gzip : null;
  if (zipped !== null) headers['Content-Encoding'] = 'gzip';
  const body = zipped ?? file.body;
  headers['Content-Length'] = body.length;
  outgoing.writeHead(found ? 200 : 404, headers);
  outgoing.end(incoming.method === 'HEAD' ? undefined : body);
}
