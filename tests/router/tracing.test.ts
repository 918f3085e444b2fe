import { afterEach, describe, expect } from 'vitest';
import { routerSpans } from '../../adapters/tracing/router-spans.js';
import { startTracing } from '../../adapters/tracing/tracing.js';
import { startOtlpReceiver } from '../adapters/tracing/otlp-receiver.js';
import { eventually } from '../monitoring/real-services.js';
import { call } from './support/call.js';
import { startExporter } from './support/exporter.js';
import { test } from './support/fixtures.js';
import { KINDS, stateWith } from './support/routers.js';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

describe.each(KINDS)('the %s router in a trace', (kind) => {
  test('hands the trace on and is a span of it', async ({ service, route }) => {
    const production = await service('production');
    const state = stateWith({ production: [production.address], candidateWeightPercent: 0 });
    const router = await route(kind, state, { traceRatio: 1 });
    const { port } = router;
    const collector = await startOtlpReceiver();
    ends.push(collector.stop);
    const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER_ARG: 1 };
    const tracing = (await startTracing({ variables, service: 'router' }))!;
    ends.push(() => tracing.stop());
    const exporter = await startExporter(router, state, { onRequest: routerSpans(tracing) });
    ends.push(() => exporter.stop());

    const begun = await call(port);
    const continued = await call(port, { headers: { traceparent: `00-${TRACE}-${CALLER}-01` } });
    const unkept = await call(port, { headers: { traceparent: `00-${TRACE}-${CALLER}-00` } });
    const malformed = await call(port, { headers: { traceparent: '00-short-01' } });
    const [first, second, third, fourth] = production.received.map(({ headers }) => headers);

    const traceId = String(begun.headers['x-request-id']);
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(first?.traceparent).toBe(`00-${traceId}-${traceId.slice(0, 16)}-01`);
    expect(first?.['x-request-id']).toBe(traceId);
    expect(continued.headers['x-request-id']).toBe(TRACE);
    expect(second?.traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    expect(second?.traceparent).not.toContain(CALLER);
    expect([unkept.headers['x-request-id'], third?.traceparent?.slice(-3)]).toEqual([TRACE, '-00']);
    expect(fourth?.traceparent).toContain(String(malformed.headers['x-request-id']));

    const spans = await eventually('the spans arrive', async () => {
      await exporter.scrape();
      return collector.spans().length >= 3 ? collector.spans() : undefined;
    });
    expect(spans).toHaveLength(3);
    expect(spans.find((span) => span.traceId === traceId)).toMatchObject({
      service: 'router',
      name: 'POST /api/predict_home_price',
      spanId: traceId.slice(0, 16),
      attributes: { 'http.response.status_code': 200, 'incumbent.variant': 'production' },
    });
    const child = spans.find((span) => span.traceId === TRACE);
    expect([child?.parentSpanId, child?.spanId]).toEqual([CALLER, String(second?.traceparent).split('-')[2]]);
  });

  test('without tracing a caller’s header passes as it is, and the request id is the router’s', async ({
    service,
    route,
  }) => {
    const production = await service('production');
    const { port } = await route(kind, stateWith({ production: [production.address] }));
    const traceparent = `00-${TRACE}-${CALLER}-01`;
    const answer = await call(port, { headers: { traceparent } });
    expect(production.received[0]?.headers.traceparent).toBe(traceparent);
    expect(answer.headers['x-request-id']).not.toBe(TRACE);
  });
});
