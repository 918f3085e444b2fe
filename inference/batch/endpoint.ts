import { pipeline } from 'node:stream/promises';
import { HttpProblem } from '../../adapters/http/problem.js';
import { createBatchStore } from '../../adapters/postgres/batch-store.js';
import { csvRows } from '../../core/batch/csv-rows.js';
import { jsonLineRows } from '../../core/batch/json-line-rows.js';
import { BLOCK_ROWS, createBlockPredictor } from '../../core/batch/predict-rows.js';
import { createRowChecker, type RowChecker } from '../../core/batch/row-checker.js';
import type { ReadRow, RowSource } from '../../core/batch/row-source.js';
import { type BatchFormat, createRowWriter } from '../../core/batch/row-writer.js';
import { InvalidInputError } from '../../core/errors.js';
import { eachChunk } from '../http/each-chunk.js';
import type { Endpoint, Exchange } from '../http/endpoint.js';
import { fromDatabase } from '../http/from-database.js';
import { mediaType } from '../http/parse-body.js';
import { currentModel } from '../predict/predict-one.js';
import { HeldOutput } from './held-output.js';
import { jsonArrayRows } from './json-array-rows.js';

/** Rows of one request: more is a job of its own (`batchPredict`). */
const MAX_BATCH_ROWS = 10_000_000;

const formats: Readonly<Record<string, BatchFormat>> = {
  'text/csv': 'csv',
  'application/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'application/json': 'json',
};

function inputFormat({ request }: Exchange): BatchFormat {
  const type = mediaType(request.headers['content-type']);
  const format = formats[type];
  if (format) return format;
  const message = `Content-Type must be text/csv, application/x-ndjson or application/json, got ${type.slice(0, 80) || 'none'}`;
  throw new HttpProblem({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message });
}

/** The first acceptable format; the one that came in when the client does not mind. */
function outputFormat({ request }: Exchange, given: BatchFormat): BatchFormat {
  for (const part of (request.headers.accept ?? '').split(',')) {
    const format = formats[mediaType(part)];
    if (format) return format;
  }
  return given;
}

function rowSource(format: BatchFormat, { columns, needed }: RowChecker): RowSource {
  if (format === 'csv') return csvRows(columns, needed);
  return format === 'json' ? jsonArrayRows(columns) : jsonLineRows(columns);
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

async function batch(exchange: Exchange): Promise<void> {
  const { service, request, response, caller } = exchange;
  const { project, slot, metrics, pool } = service;
  const format = inputFormat(exchange);
  const model = currentModel(service);
  const store = createBatchStore(pool);
  const id = await fromDatabase(() =>
    store.begin({
      project: project.name,
      modelVersion: model.version,
      variant: slot,
      userId: caller.userId,
      requestId: caller.requestId,
    }),
  );
  const checker = createRowChecker(
    project.input,
    project.features.map(({ name }) => name),
  );
  const facts = { batchId: id, modelVersion: model.version, variant: slot, unit: project.target.unit };
  const writer = createRowWriter(outputFormat(exchange, format), facts);
  const predictBlock = createBlockPredictor(model, checker, writer);
  const source = rowSource(format, checker);
  const output = new HeldOutput();
  let rows = 0;
  let refused = 0;

  async function take(given: readonly ReadRow[]): Promise<void> {
    for (let from = 0; from < given.length; from += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, given.length - from);
      const block = predictBlock(given, from, count, rows + 1);
      rows += count;
      refused += block.refused;
      await output.write(block.text);
      await turn();
    }
    if (rows <= MAX_BATCH_ROWS) return;
    throw new HttpProblem({
      status: 413,
      code: 'TOO_LARGE',
      message: `at most ${MAX_BATCH_ROWS} rows`,
      headers: { Connection: 'close' },
    });
  }

  try {
    await output.write(writer.head);
    const decoder = new TextDecoder('utf-8');
    await eachChunk(request, async (chunk) => take(source.push(decoder.decode(chunk, { stream: true }))));
    await take(source.push(decoder.decode()));
    await take(source.end());
    if (rows === 0) throw new InvalidInputError('there are no rows', [{ field: 'body', message: 'there are no rows' }]);
    await output.write(writer.tail(rows, refused));
    await fromDatabase(() => store.finish(id, 'succeeded', rows, refused));
    const labels = { project: project.name, variant: slot };
    metrics.batchRows.inc({ ...labels, outcome: 'answered' }, rows - refused);
    metrics.batchRows.inc({ ...labels, outcome: 'refused' }, refused);
    response.writeHead(200, {
      'Content-Type': writer.contentType,
      'Content-Length': output.bytes,
      'X-Variant': slot,
      'X-Model-Version': model.version,
      'X-Batch-Id': id,
      'X-Rows': rows,
      'X-Refused-Rows': refused,
    });
    await pipeline(output.stream(), response);
  } catch (error) {
    await store.finish(id, 'failed', rows, refused).catch(() => {});
    if (!response.destroyed && !response.socket?.destroyed) throw error;
    throw new HttpProblem({ status: 400, code: 'BAD_REQUEST', message: 'the client went away' }, { cause: error });
  } finally {
    await output.discard();
  }
}

/**
 * `POST /api/predict/batch`: a table of rows as CSV, NDJSON or a JSON list → their predictions in the format of the
 * `Accept` header (default: the same). A row that is refused has a reason in place of its prediction. The batch is
 * recorded as a whole, not row by row; it counts in no experiment.
 */
export const predictBatchEndpoint: Endpoint = {
  name: 'predict_batch',
  method: 'POST',
  path: '/api/predict/batch',
  predicts: true,
  scope: 'predict:write',
  handle: batch,
};
