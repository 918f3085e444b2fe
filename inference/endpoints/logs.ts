import { z } from 'zod';
import { type LogCursor, readFeedback, readPredictions } from '../../adapters/postgres/prediction-reader.js';
import { InvalidInputError } from '../../core/errors.js';
import { checked } from '../http/checked.js';
import { type Endpoint, queryOf } from '../http/endpoint.js';
import { fromDatabase } from '../http/from-database.js';
import { sendJson } from '../http/send.js';

const time = (name: string) =>
  z.coerce.date({ error: `${name} must be a time such as 2026-01-31T12:00:00Z` }).optional();
const limitError = 'limit must be a whole number from 1 to 500';

/** The filters of `/api/logs`. */
export const logQuerySchema = z.object({
  variant: z.enum(['production', 'candidate'], { error: "variant must be 'production' or 'candidate'" }).optional(),
  model_version: z.string().max(32, 'model_version must have at most 32 characters').optional(),
  user_id: z.string().max(128, 'user_id must have at most 128 characters').optional(),
  from: time('from'),
  to: time('to'),
  limit: z.coerce
    .number({ error: limitError })
    .int({ error: limitError })
    .min(1, { error: limitError })
    .max(500, { error: limitError })
    .default(50),
  cursor: z.string().max(200, 'cursor must be one that this endpoint gave').optional(),
});

function writeCursor({ at, id }: LogCursor): string {
  return Buffer.from(`${at} ${id}`).toString('base64url');
}

function readCursor(text: string): LogCursor {
  const match = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) (\d{1,16})$/.exec(Buffer.from(text, 'base64url').toString());
  if (!match || Number.isNaN(Date.parse(match[1]!))) {
    const message = 'cursor must be one that this endpoint gave as next_cursor';
    throw new InvalidInputError(message, [{ field: 'cursor', value: text, message }]);
  }
  return { at: match[1]!, id: Number(match[2]) };
}

/** `GET /api/logs`: recorded predictions of the project with their feedback, newest first, a page at a time. */
export const logs: Endpoint = {
  name: 'logs',
  method: 'GET',
  path: '/api/logs',
  scope: 'predict:read',
  async handle({ service, request, response }) {
    const given = Object.fromEntries([...queryOf(request)].filter(([, value]) => value !== ''));
    const query = checked(logQuerySchema, given);
    const { variant, model_version: modelVersion, user_id: userId, from, to, limit } = query;
    const before = query.cursor === undefined ? undefined : readCursor(query.cursor);
    const { pool, project, userIds } = service;
    const [page, said] = await fromDatabase(async () => {
      const filter = {
        variant,
        modelVersion,
        userId: userId && userIds.wanted(userId),
        from,
        to,
        before,
        limit: limit + 1,
      };
      const rows = await readPredictions(pool, project.name, filter);
      const feedback = await readFeedback(
        pool,
        rows.map((row) => row.id),
      );
      return [rows, feedback] as const;
    });
    const shown = page.slice(0, limit);
    sendJson(response, {
      logs: shown.map((row) => ({
        prediction_id: row.id,
        timestamp: row.at,
        variant: row.variant,
        assigned_variant: row.assignedVariant,
        model_version: row.modelVersion,
        experiment_id: row.experimentId,
        user_id: row.userId,
        request_id: row.requestId,
        shadow: row.shadow,
        input: row.input,
        prediction: row.prediction,
        unit: project.target.unit,
        latency_ms: row.latencyMs,
        feedback: said
          .filter(({ predictionId }) => predictionId === row.id)
          .map(({ type, value, at }) => ({ type, value, timestamp: at })),
      })),
      next_cursor: page.length > limit ? writeCursor(shown.at(-1)!) : null,
    });
  },
};
