type Json = Readonly<Record<string, unknown>>;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: unknown): string {
  return String(text).replace(/[&<>"]/g, (character) => entities[character]!);
}

function shown(value: unknown): string {
  return `<pre>${escaped(typeof value === 'string' ? value : JSON.stringify(value, null, 2))}</pre>`;
}

function curl(method: string, path: string, type: string | undefined, example: unknown): string {
  if (type === undefined) return `curl http://localhost:7000${path}`;
  const data = typeof example === 'string' ? example.replaceAll('\n', '\\n') : JSON.stringify(example);
  return `curl -X ${method} http://localhost:7000${path} -H 'Content-Type: ${type}' --data-binary $'${data}'`;
}

function section(path: string, method: string, operation: Json): string {
  const { summary, requestBody, responses } = operation as {
    summary: string;
    requestBody?: { content: Record<string, { schema: unknown; example: unknown }> };
    responses: Record<string, { content: Record<string, { example: unknown }> }>;
  };
  const [type, body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const [answer] = Object.values(responses['200']!.content);
  return `<section><h3><code>${method.toUpperCase()} ${escaped(path)}</code></h3><p>${escaped(summary)}</p>
${shown(curl(method.toUpperCase(), path, type, body?.example))}
<p>answers</p>${shown(answer!.example)}
${body ? `<details><summary>Schema of the body</summary>${shown(body.schema)}</details>` : ''}</section>`;
}

/** The OpenAPI document as a page that needs nothing else. */
export function documentationPage(document: Json): string {
  const { info, paths } = document as { info: { title: string }; paths: Record<string, Record<string, Json>> };
  const byTag = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = (operation.tags as string[])[0]!;
      byTag.set(tag, [...(byTag.get(tag) ?? []), section(path, method, operation)]);
    }
  }
  const body = [...byTag].map(([tag, sections]) => `<h2>${escaped(tag)}</h2>${sections.join('\n')}`).join('\n');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(info.title)}</title><style>
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
pre{overflow:auto;padding:.75rem;border:1px solid #8884;border-radius:6px}section{margin:2rem 0}h3{margin-bottom:0}
</style></head><body><h1>${escaped(info.title)}</h1>
<p>The same as a document for machines: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>
${body}</body></html>`;
}
