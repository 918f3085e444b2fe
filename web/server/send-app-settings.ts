import type { ServerResponse } from 'node:http';

/** What the pages need to know of this installation; nothing in it is a secret. */
export interface AppSettings {
  /** Model projects, the first is the one that is shown first. */
  readonly projects: readonly string[];
  /** Projects whose router is reached under `/projects/{name}`. */
  readonly routed: readonly string[];
  /** Temporal's Web UI; null where it is not known. */
  readonly temporal: { readonly url: string; readonly namespace: string } | null;
}

export function sendAppSettings(response: ServerResponse, settings: AppSettings): void {
  const body = JSON.stringify(settings);
  response.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
}
