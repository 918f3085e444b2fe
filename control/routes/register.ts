import { z } from 'zod';
import { datasetList } from '../../adapters/postgres/lists/dataset-list.js';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { findModel } from '../../adapters/postgres/model-catalog.js';
import { InvalidInputError } from '../../core/errors.js';
import { auditRequest } from '../audit-request.js';
import type { ControlDeps } from '../control-deps.js';
import { type Route, route } from '../http/route.js';
import { registerModel } from '../models/register-model.js';
import { projectName, reason } from '../views/fields.js';
import { modelSchema, modelView } from '../views/model-view.js';

/** Below `{prefix}/incoming/`, a folder of plain names: nothing that climbs, and no version of ours. */
const FOLDER = /^[a-z][a-z0-9_-]*\/incoming\/[\w-]+(?:\.[\w-]+)*\/$/;

export function registerRoutes(deps: ControlDeps): Route[] {
  const { pool, project, audit, now } = deps;
  const snapshot = async (name: string) =>
    (await listPage(pool, datasetList, { limit: 1, filters: { project: name } })).items[0] ?? null;
  return [
    route({
      method: 'post',
      path: '/api/models',
      tag: 'models',
      summary: 'Register a model that was trained elsewhere',
      description:
        'Its files lie in the bucket below `{prefix}/incoming/`: model.json, forest.bin, reference.json and manifest.json in the format of this product, or model.onnx alone, a tree ensemble (as skl2onnx writes it) that takes what the production model takes. It is checked, measured on the held-out rows of the latest snapshot beside the incumbent, and gets the next CO number: `staged`, or `rejected` by the gates.',
      access: 'operator',
      status: 201,
      idempotent: true,
      body: z.strictObject({
        project: projectName,
        key_prefix: z.string().max(200).regex(FOLDER, 'a folder such as price_check/incoming/from-research/'),
        reason,
      }),
      answer: modelSchema.extend({ gate_failures: z.array(z.string()) }).meta({ id: 'RegisteredModel' }),
      problems: [409],
      async handle(context) {
        const { key_prefix: keyPrefix, reason: why } = context.body;
        const of = project(context.body.project);
        if (!keyPrefix.startsWith(`${of.prefix}/incoming/`)) {
          throw new InvalidInputError(
            `key_prefix must begin with ${of.prefix}/incoming/: that is where models for ${of.name} are put`,
          );
        }
        const key = { idempotencyKey: `register/${context.requestId}`, now: now() };
        const { version, metrics, gateFailures } = await registerModel({ ...deps, snapshot }, of, keyPrefix, key);
        await auditRequest(audit, context, {
          project: of.name,
          action: gateFailures.length > 0 ? 'model.reject' : 'model.register',
          subject: version,
          reason: why,
          details: { key_prefix: keyPrefix, metrics, gate_failures: gateFailures },
        });
        return { ...modelView(await findModel(pool, of.name, version)), gate_failures: [...gateFailures] };
      },
    }),
  ];
}
