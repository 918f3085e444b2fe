import { z } from 'zod';
import { findModel } from '../../adapters/postgres/model-catalog.js';
import { NotFoundError } from '../../core/errors.js';
import type { ControlDeps } from '../control-deps.js';
import { ANSWERED, type Route, route } from '../http/route.js';
import { readModelFacts } from '../models/model-facts.js';
import { projectName, versionName } from '../views/fields.js';

/** The files of a version, to take along. */
export function modelFileRoutes(deps: ControlDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/models/:version/files/:file',
      tag: 'models',
      summary: 'Download a file of a model version, checked against its manifest',
      access: 'viewer',
      params: z.strictObject({
        version: versionName,
        file: z.string().regex(/^[\w-]{1,60}\.[a-z]{1,10}$/, 'a file name, as the version lists it'),
      }),
      query: z.strictObject({ project: projectName }),
      answer: z.string().describe('The bytes of the file'),
      problems: [404],
      async handle({ params: { version, file }, query, response }) {
        const model = await findModel(deps.pool, deps.project(query.project).name, version);
        const facts = await readModelFacts(deps, model);
        if (!facts?.manifest.files[file]) throw new NotFoundError(`${version} has no file ${file}`);
        const bytes = await deps.artifacts.readFile(model.artifactPrefix, file, facts.manifest);
        response.writeHead(200, {
          'Content-Type': file.endsWith('.json') ? 'application/json' : 'application/octet-stream',
          'Content-Length': bytes.byteLength,
          'Content-Disposition': `attachment; filename="${model.artifactPrefix.replaceAll('/', '')}_${file}"`,
          'X-Content-Type-Options': 'nosniff',
        });
        response.end(bytes);
        return ANSWERED;
      },
    }),
  ];
}
