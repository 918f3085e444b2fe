import { createHash } from 'node:crypto';
import type { ServedModel } from '../model/served-model.js';
import type { InferenceService } from '../service.js';

const HOUR_S = 3_600;

/**
 * An answer that depends on nothing but the served model and what was asked: from the cache of all instances, or made and
 * kept there. Predictions never come from here: each of them is made and recorded.
 *
 * @param asked tells answers of one model apart
 * @returns JSON text
 */
export async function cachedAnswer(
  { cache, project, metrics }: InferenceService,
  { version, document }: ServedModel,
  asked: string,
  make: () => Promise<unknown> | unknown,
): Promise<string> {
  const what = createHash('sha256').update(asked).digest('base64url');
  // a run makes one model: installations that share a Redis do not mix up their versions
  const key = `incumbent:${project.name}:${version}:${document.lineage.runId}:${what}`;
  const done = metrics.featureReads.startTimer({ project: project.name });
  const known = await cache.get(key);
  if (known !== null) {
    done({ outcome: 'hit' });
    return known;
  }
  const text = JSON.stringify(await make());
  done({ outcome: 'miss' });
  cache.set(key, text, HOUR_S);
  return text;
}
