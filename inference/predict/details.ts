import type { Row } from '../../core/dataset/row.js';
import { type AnyExchange, queryOf } from '../http/endpoint.js';
import type { ServedModel } from '../model/served-model.js';
import { classAnswer } from './class-answer.js';
import { explanationOf } from './explanation.js';
import { intervalOf } from './interval.js';

const isTrue = (value: string | null) => value === 'true' || value === '1';

/** What belongs to a class or was asked for beside the prediction, as further JSON members; mostly nothing. */
export function detailsOf({ request }: AnyExchange, model: ServedModel, row: Row, prediction: number): string {
  const classes = classAnswer(model, row, prediction);
  let more = classes === null ? '' : `,${JSON.stringify(classes).slice(1, -1)}`;
  if (!request.url!.includes('?')) return more;
  const query = queryOf(request);
  if (isTrue(query.get('interval'))) more += `,"interval":${JSON.stringify(intervalOf(model, row))}`;
  if (isTrue(query.get('explain'))) more += `,"explanation":${JSON.stringify(explanationOf(model, row))}`;
  return more;
}
