import { type Route, scopeOf } from '../http/route.js';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);

const STYLE = `
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h2 { margin-top: 2.5rem; text-transform: capitalize }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: 0 }
article { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .75rem 0 }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere }
.method { font-weight: 700; text-transform: uppercase }
.quiet { opacity: .75; margin: .25rem 0 0 }
`;

function article(route: Route): string {
  const { method, path, summary, description, access } = route;
  const needs = access === 'public' ? 'open to everybody' : `role ${access}, scope ${scopeOf(route)}`;
  const extras = [
    needs,
    ...(route.idempotent ? ['takes Idempotency-Key'] : []),
    ...(route.current ? ['takes If-Match'] : []),
    ...(route.upload ? [`takes ${route.upload.types.join(' or ')}`] : []),
    ...(route.stream ? [`also as ${route.stream}`] : []),
  ];
  return `<article><code><span class="method">${method}</span> ${escaped(path.replace(/:(\w+)/g, '{$1}'))}</code>
<div>${escaped(summary)}${description ? `. ${escaped(description)}` : ''}</div><p class="quiet">${escaped(extras.join(' · '))}</p></article>`;
}

/** A page for people: every route by its subject. It loads nothing from elsewhere. */
export function docsPage(routes: readonly Route[], version: string): string {
  const tags = [...new Set(routes.map(({ tag }) => tag))];
  const sections = tags.map((tag) => {
    const own = routes.filter((route) => route.tag === tag);
    return `<section><h2>${escaped(tag)}</h2>${own.map(article).join('')}</section>`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Incumbent control API</title><style>${STYLE}</style></head><body><main><h1>Incumbent control API ${escaped(version)}</h1>
<p>The whole description, with every field, is <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
${sections.join('\n')}</main></body></html>`;
}
