import { createHash } from 'node:crypto';
import { z } from 'zod';
import { listPage } from '../../adapters/postgres/lists/keyset-list.js';
import { recordUpload, type Upload, uploadList, withdrawUpload } from '../../adapters/postgres/upload-store.js';
import { ConflictError, DatasetInvalidError } from '../../core/errors.js';
import { auditRequest } from '../audit-request.js';
import type { ControlDeps } from '../control-deps.js';
import { checkText } from '../http/check-json.js';
import { type Route, route } from '../http/route.js';
import { instant, iso, isoOrNull, projectName, recorded, rowId } from '../views/fields.js';
import { listQuery, pageOf, pageView, toListQuery } from '../views/page.js';

const LIMIT_BYTES = 64 * 1024 * 1024;

const uploadSchema = z
  .object({
    id: z.int(),
    project: z.string(),
    key: z.string().describe('In the bucket'),
    file_name: z.string(),
    bytes: z.int(),
    sha256: z.string(),
    raw_rows: z.int(),
    rows: z.int().describe('Left after cleaning'),
    profile: recorded.describe('What is in it, and what each cleaning rule did'),
    actor: z.string(),
    created_at: instant,
    withdrawn_at: instant.nullable(),
  })
  .meta({ id: 'DatasetUpload' });

function uploadView(upload: Upload): z.input<typeof uploadSchema> {
  return {
    id: upload.id,
    project: upload.project,
    key: upload.key,
    file_name: upload.fileName,
    bytes: upload.bytes,
    sha256: upload.sha256,
    raw_rows: upload.rawRows,
    rows: upload.rows,
    profile: { ...upload.profile },
    actor: upload.actor,
    created_at: iso(upload.createdAt),
    withdrawn_at: isoOrNull(upload.withdrawnAt),
  };
}

/** What a caller says of a file's name goes into a list for people, never into a key or a path. */
const fileName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^/\\\p{Cc}]+$/u, 'a file name without a folder')
  .default('upload.csv');

export function uploadRoutes({ pool, objects, project, cleanUpload, audit }: ControlDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/datasets',
      tag: 'datasets',
      summary: 'Upload raw training data; the next training reads it',
      description:
        "Checked by the project's own cleaning rules before it is kept: a file that is not of the raw format, or leaves too few rows, is refused with what is wrong.",
      access: 'operator',
      status: 201,
      idempotent: true,
      upload: { types: ['text/csv'], limitBytes: LIMIT_BYTES },
      query: z.strictObject({ project: projectName, file_name: fileName }),
      answer: uploadSchema,
      async handle(context) {
        const { name, prefix, training } = project(context.query.project);
        const bytes = context.request.body as unknown;
        if (!Buffer.isBuffer(bytes) || bytes.length === 0) {
          throw new DatasetInvalidError('send the file itself as the body, with Content-Type: text/csv');
        }
        const text = bytes.toString('utf8');
        checkText(text, 'the file');
        const profile = await cleanUpload(name, text);
        if (profile.rows < training.minRows) {
          const left = `${profile.rows} of ${profile.rawRows} rows are left after cleaning`;
          throw new DatasetInvalidError(`${left}, training needs ${training.minRows}`);
        }
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const key = `${prefix}/uploads/${sha256}.csv`;
        try {
          await objects.put(key, bytes, { contentType: 'text/csv', onlyIfNew: true });
        } catch (error) {
          if (!(error instanceof ConflictError)) throw error; // the same bytes are there already
        }
        const upload = await recordUpload(pool, {
          project: name,
          key,
          fileName: context.query.file_name,
          bytes: bytes.length,
          sha256,
          rawRows: profile.rawRows,
          rows: profile.rows,
          profile,
          actor: context.caller.name,
        });
        const { profile: _, ...after } = uploadView(upload);
        await auditRequest(audit, context, { project: name, action: 'dataset.upload', subject: key, after });
        return uploadView(upload);
      },
    }),
    route({
      method: 'get',
      path: '/api/datasets/uploads',
      tag: 'datasets',
      summary: 'Uploaded raw files of a project',
      access: 'viewer',
      query: listQuery({ project: projectName }),
      answer: pageOf(uploadSchema),
      async handle({ query }) {
        project(query.project);
        return pageView(await listPage(pool, uploadList, toListQuery(query)), uploadView);
      },
    }),
    route({
      method: 'delete',
      path: '/api/datasets/uploads/:id',
      tag: 'datasets',
      summary: 'Withdraw an upload: trainings read what was there before it',
      access: 'operator',
      params: z.strictObject({ id: rowId }),
      query: z.strictObject({ project: projectName }),
      answer: uploadSchema,
      problems: [404],
      async handle(context) {
        const { name } = project(context.query.project);
        const upload = uploadView(await withdrawUpload(pool, name, context.params.id));
        await auditRequest(audit, context, { project: name, action: 'dataset.withdraw', subject: upload.key });
        return upload;
      },
    }),
  ];
}
