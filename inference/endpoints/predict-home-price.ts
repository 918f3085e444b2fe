import { parseInput } from '../../core/features/parse-input.js';
import type { Endpoint, Exchange } from '../http/endpoint.js';
import { parseBody } from '../http/parse-body.js';
import { readBody } from '../http/read-body.js';
import { type Answer, predictOne } from '../predict/predict-one.js';

/** Bytes of a request for one prediction. */
export const PREDICTION_BODY_LIMIT = 64 * 1024;

/** The body of a JSON or form request. */
export async function receive({ request }: Exchange, limit = PREDICTION_BODY_LIMIT): Promise<unknown> {
  const { headers } = request;
  return parseBody(await readBody(request, limit), headers['content-type'], headers['content-encoding']);
}

/** The part of an answer that all predictions share, without the closing brace. */
function rest({ service, response }: Exchange, { model, latencyMs, at, warnings }: Answer): string {
  response.setHeader('X-Model-Version', model.version);
  const said = warnings.length > 0 ? `,"warnings":${JSON.stringify(warnings)}` : '';
  const latency = Math.round(latencyMs * 1000) / 1000;
  return `"model_version":"${model.version}","variant":"${service.slot}","latency_ms":${latency},"timestamp":"${at.toISOString()}"${said}`;
}

export function sendAnswer(exchange: Exchange, answer: Answer, key: string, value: string): void {
  const unit = JSON.stringify(answer.model.document.target.unit);
  const body = `{"prediction_id":${answer.id},${JSON.stringify(key)}:${value},"unit":${unit},${rest(exchange, answer)}}`;
  exchange.response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  });
  exchange.response.end(body);
}

/** `POST /api/predict_home_price`: one home, JSON or form → an estimate in lakh INR, to the nearest thousand rupees. */
export const predictHomePrice: Endpoint = {
  name: 'predict_home_price',
  method: 'POST',
  path: '/api/predict_home_price',
  predicts: true,
  async handle(exchange) {
    const { service, caller, arrived } = exchange;
    const row = parseInput(service.project.input, await receive(exchange));
    const answer = await predictOne(service, caller, row, arrived);
    sendAnswer(exchange, answer, 'estimated_price', String(Math.round(answer.prediction * 100) / 100));
  },
};
