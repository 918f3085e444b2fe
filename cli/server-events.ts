/** One Server-Sent Event. */
export interface ServerEvent {
  readonly event: string;
  readonly data: unknown;
  readonly id: string | null;
}

function parse(block: string): ServerEvent | null {
  const fields: Record<string, string> = {};
  for (const line of block.split('\n')) {
    const [, name, value] = /^([^:]+): ?(.*)$/.exec(line) ?? [];
    if (name !== undefined) fields[name] = value ?? '';
  }
  if (fields.data === undefined) return null; // a comment that keeps the connection
  return { event: fields.event ?? 'message', data: JSON.parse(fields.data), id: fields.id ?? null };
}

/** The events of a stream as they come; ends when the connection does. */
export async function* serverEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parse(block);
      if (event) yield event;
    }
  }
}
