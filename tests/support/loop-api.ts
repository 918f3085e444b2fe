import { pino } from 'pino';
import supertest from 'supertest';
import { createWebhook } from '../../adapters/notify/webhook.js';
import { createJobReader } from '../../adapters/temporal/job-reader.js';
import { openAccess } from '../../control/access/access-settings.js';
import { createControlApp } from '../../control/app.js';
import type { ModelProject } from '../../core/project.js';
import { createLoop, smallHomePrices } from './loop.js';

/**
 * The control API over a whole loop of the test file's own: a worker, a prediction service for each slot, every store
 * for real. What the API starts, happens.
 *
 * @param name begins the name of the Temporal namespace
 */
export async function startLoopApi(name: string, project: ModelProject = smallHomePrices) {
  const loop = await createLoop({ namespace: `${name}-${Date.now()}`, project });
  const worker = await loop.startWorker();
  const production = await loop.startInference('production');
  await loop.startInference('candidate');
  const app = createControlApp({
    ...loop,
    logger: pino({ level: 'silent' }),
    projects: [project],
    jobs: createJobReader(loop.client),
    cleanUpload: async (_project, text) => project.dataset.clean(text).profile,
    webhook: createWebhook(),
    access: openAccess,
  });
  return {
    loop,
    production,
    request: supertest(app),
    async stop() {
      await worker.stop();
      await loop.stop();
    },
  };
}
