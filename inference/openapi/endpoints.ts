import type { Endpoint } from '../http/endpoint.js';
import { sendJson, sendText } from '../http/send.js';
import { openApiDocument } from './document.js';
import { documentationPage } from './page.js';

/** `GET /openapi.json` and `GET /docs` about the given endpoints and themselves. */
export function documentationEndpoints(others: readonly Endpoint[]): Endpoint[] {
  const own: Endpoint[] = [
    {
      name: 'openapi',
      method: 'GET',
      path: '/openapi.json',
      handle: ({ service, response }) => sendJson(response, openApiDocument(service.project, [...others, ...own])),
    },
    {
      name: 'docs',
      method: 'GET',
      path: '/docs',
      handle({ service, response }) {
        const document = openApiDocument(service.project, [...others, ...own]);
        sendText(response, documentationPage(document), 'text/html; charset=utf-8');
      },
    },
  ];
  return own;
}
