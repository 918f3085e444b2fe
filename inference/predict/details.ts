import type { Row } from '../../core/dataset/row.js';
import { type Exchange, queryOf } from '../http/endpoint.js';
import type { ServedModel } from '../model/served-model.js';
import { explanationOf } from './explanation.js';
import { intervalOf } from './interval.js';

const isTrue = (value: string | null) => value === 'true' || value === '1';

/** What was asked for beside the prediction, as further JSON members; mostly nothing. */
export function detailsOf({ request }: Exchange, model: ServedModel, row: Row): string {
  if (!request.url!.includes('?')) return '';
  const query = queryOf(request);
  let more = '';
  if (isTrue(query.get('interval'))) more += `,"interval":${JSON.stringify(intervalOf(model, row))}`;
  if (isTrue(query.get('explain'))) more += `,"explanation":${JSON.stringify(explanationOf(model, row))}`;
  return more;
}
