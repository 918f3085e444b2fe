import { startReceiver } from '../../monitoring/real-services.js';

export interface ReceivedSpan {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface OtlpAttribute {
  key: string;
  value: Record<string, unknown>;
}
interface OtlpSpan extends Omit<ReceivedSpan, 'service' | 'attributes' | 'links'> {
  attributes: OtlpAttribute[];
  links?: { traceId: string; spanId: string }[];
}
interface OtlpBody {
  resourceSpans: { resource: { attributes: OtlpAttribute[] }; scopeSpans: { spans: OtlpSpan[] }[] }[];
}

const plain = (attributes: OtlpAttribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/** A collector: takes OTLP over HTTP as JSON and keeps the spans. */
export async function startOtlpReceiver() {
  const { url, received, stop } = await startReceiver();
  return {
    url,
    stop,
    requests: () => received.length,
    spans: (): ReceivedSpan[] =>
      received
        .filter(({ path }) => path === '/v1/traces')
        .flatMap(({ body }) => (JSON.parse(body) as OtlpBody).resourceSpans)
        .flatMap(({ resource, scopeSpans }) =>
          scopeSpans.flatMap(({ spans }) =>
            spans.map(({ traceId, spanId, parentSpanId, name, attributes, links = [] }) => ({
              service: String(plain(resource.attributes)['service.name']),
              traceId,
              spanId,
              parentSpanId,
              name,
              attributes: plain(attributes),
              links: links.map((link) => ({ traceId: link.traceId, spanId: link.spanId })),
            })),
          ),
        ),
  };
}
