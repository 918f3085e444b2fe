import type { AnyExchange } from '../http/endpoint.js';
import type { ServedModel } from '../model/served-model.js';
import type { Answer } from './predict-one.js';

const prefixes = new WeakMap<ServedModel, string>();

/** What the answers of one model have in common, as JSON text. */
function commonPart(model: ServedModel, variant: string): string {
  let text = prefixes.get(model);
  if (text === undefined) {
    const unit = JSON.stringify(model.document.target.unit);
    text = `,"unit":${unit},"model_version":"${model.version}","variant":"${variant}","latency_ms":`;
    prefixes.set(model, text);
  }
  return text;
}

/**
 * Answers one prediction.
 *
 * @param key what the value is called
 * @param value JSON text
 * @param more further members as JSON text, each with a comma before it
 */
export function sendAnswer(
  { service, response }: AnyExchange,
  answer: Answer,
  key: string,
  value: string,
  more = '',
): void {
  const { id, model, warnings, latencyMs, at } = answer;
  const said = warnings.length > 0 ? `,"warnings":${JSON.stringify(warnings)}` : '';
  const latency = Math.round(latencyMs * 1000) / 1000;
  const common = commonPart(model, service.slot);
  const body = `{"prediction_id":${id},"${key}":${value}${common}${latency},"timestamp":"${at.toISOString()}"${said}${more}}`;
  response.writeHead(200, [
    'Content-Type',
    'application/json',
    'Content-Length',
    String(Buffer.byteLength(body)),
    'X-Variant',
    service.slot,
    'X-Model-Version',
    model.version,
  ]);
  response.end(body);
}
