import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../../adapters/logging/create-logger.js';
import { startTracing, type Tracing } from '../../adapters/tracing/tracing.js';
import { startOtlpReceiver } from '../adapters/tracing/otlp-receiver.js';
import { eventually, freePort } from '../monitoring/real-services.js';
import { createInferenceWorld, type InferenceWorld } from './support/inference-world.js';

// A real service on a real Postgres, its spans sent to a collector over HTTP.

let world: InferenceWorld;
let collector: Awaited<ReturnType<typeof startOtlpReceiver>>;
let tracing: Tracing;
let url: string;
const lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  world = await createInferenceWorld();
  await world.publish('BO1');
  await world.assign('production', 'BO1');
  collector = await startOtlpReceiver();
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`, OTEL_TRACES_SAMPLER_ARG: 1 };
  tracing = (await startTracing({ variables, service: 'inference-production' }))!;
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const logger = createLogger({ level: 'info', part: 'inference-production', destination });
  const { address } = await world.start({ tracing, logger });
  url = `http://${address}`;
}, 60_000);
afterAll(async () => {
  await world?.close();
  await collector?.stop();
});

const home = { total_sqft: 1000, location: 'Whitefield', bhk: 2, bath: 2 };
const predict = (headers: Record<string, string> = {}, body: unknown = home) =>
  fetch(`${url}/api/predict_home_price`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const traceIdOf = (answer: Response) => answer.headers.get('x-request-id') ?? '';
const spansOf = (traceId: string) => collector.spans().filter((span) => span.traceId === traceId);

test('a prediction is one trace: the caller, the request, the commit in Postgres', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const answer = await predict({ traceparent: `00-${traceId}-b7ad6b7169203331-01` });
  expect([answer.status, traceIdOf(answer)]).toEqual([200, traceId]);
  const spans = await eventually('both spans arrive', () => {
    const found = spansOf(traceId);
    return found.length === 2 ? found : undefined;
  });
  const request = spans.find(({ name }) => name === 'POST /api/predict_home_price');
  const commit = spans.find(({ name }) => name === 'postgres commit predictions');
  expect(request).toMatchObject({
    service: 'inference-production',
    parentSpanId: 'b7ad6b7169203331',
    attributes: {
      'http.response.status_code': 200,
      'incumbent.model_version': 'BO1',
      'incumbent.variant': 'production',
    },
  });
  expect(commit?.parentSpanId).toBe(request?.spanId);
  // the row is found from the trace
  const { rows } = await world.database.pool.query('select id from predictions where request_id = $1', [traceId]);
  expect(rows).toHaveLength(1);
});

test('requests that were committed together are linked to their commit', async () => {
  // Postgres is held for a moment, so that the requests gather
  const holder = await world.database.pool.connect();
  await holder.query('begin');
  await holder.query('lock table predictions in share mode');
  const sent = Promise.all(Array.from({ length: 40 }, () => predict()));
  await new Promise((resolve) => setTimeout(resolve, 700));
  await holder.query('commit');
  holder.release();
  const answers = await sent;
  const traceIds = new Set(answers.map(traceIdOf));
  expect(traceIds.size).toBe(40);
  await eventually('all commits arrive', () => {
    const commits = collector
      .spans()
      .filter(
        ({ name, traceId, links }) => name.startsWith('postgres commit') && (traceIds.has(traceId) || links.length),
      );
    const reached = new Set(commits.flatMap(({ traceId, links }) => [traceId, ...links.map((link) => link.traceId)]));
    const size = commits.reduce((sum, { attributes }) => sum + Number(attributes['db.operation.batch.size']), 0);
    return [...traceIds].every((id) => reached.has(id)) && size === 40 && commits.length < 30 ? true : undefined;
  });
});

test('feedback is traced to its statements, whose values are not told', async () => {
  const { prediction_id } = (await (await predict()).json()) as { prediction_id: number };
  const answer = await fetch(`${url}/api/feedback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ prediction_id, feedback_type: 'comment', feedback_value: 'a private remark' }),
  });
  expect(answer.status).toBe(200);
  const spans = await eventually('the statements arrive', () => {
    const found = spansOf(traceIdOf(answer));
    return found.some(({ name }) => name.startsWith('postgres ')) && found.some(({ name }) => name.startsWith('POST'))
      ? found
      : undefined;
  });
  expect(JSON.stringify(spans)).not.toContain('private remark');
});

test('log lines of a request carry its trace, and all have one form', async () => {
  await world.assign('production', null);
  const refused = await eventually('the slot is empty', async () => {
    const answer = await predict();
    return answer.status === 503 ? answer : undefined;
  });
  const traceId = traceIdOf(refused);
  const line = await eventually('the line', () => lines.find((one) => one.trace_id === traceId));
  expect(line).toMatchObject({
    level: 'warn',
    part: 'inference-production',
    requestId: traceId,
    msg: 'request failed',
  });
  for (const { level, time, part, msg } of lines) {
    expect(level).toMatch(/^(info|warn|error)$/);
    expect(new Date(String(time)).toISOString()).toBe(time);
    expect([part, typeof msg]).toEqual(['inference-production', 'string']);
  }
});

test('probes and scrapes leave no trace', async () => {
  for (const path of ['/api/health', '/metrics', '/v2/health/live']) await fetch(`${url}${path}`);
  const answer = await predict();
  await eventually('a later request arrives', () => (spansOf(traceIdOf(answer)).length ? true : undefined));
  expect(collector.spans().filter(({ name }) => /health|metrics/.test(name))).toEqual([]);
});

test('a collector that is away holds up nobody', async () => {
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`, OTEL_TRACES_SAMPLER_ARG: 1 };
  const lost = (await startTracing({ variables, service: 'x' }))!;
  lost.tracer.startSpan('lost').end();
  const begun = performance.now();
  await lost.stop();
  expect(performance.now() - begun).toBeLessThan(5_000);
});

test('without an endpoint there is no tracing', async () => {
  expect(await startTracing({ variables: { OTEL_TRACES_SAMPLER_ARG: 1 }, service: 'x' })).toBeNull();
});
