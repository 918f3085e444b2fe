import { createHash } from 'node:crypto';
import { z } from 'zod';
import { eraseUser } from '../../adapters/postgres/user-data.js';
import { NotFoundError } from '../../core/errors.js';
import { auditRequest } from '../audit-request.js';
import type { ControlDeps } from '../control-deps.js';
import { type Route, route } from '../http/route.js';
import { reason } from '../views/fields.js';

const erasedSchema = z
  .object({
    mode: z.enum(['anonymise', 'erase']),
    predictions: z.int().describe('Whose user was taken out, or that were deleted'),
    comments: z.int().describe('Deleted'),
    feedback: z.int().describe('Other feedback that was deleted; what stays is of nobody known'),
    batches: z.int(),
    experiments: z.int().describe('Experiments whose counts stay, as those of somebody unknown'),
  })
  .meta({ id: 'ErasedUser' });

/** The people whose requests are predicted, as far as anything is kept of them. */
export function peopleRoutes({ pool, audit, userIds }: ControlDeps): Route[] {
  return [
    route({
      method: 'delete',
      path: '/api/users/:id',
      tag: 'privacy',
      summary: 'Take a person out of the records',
      description:
        'By the id that came as X-User-Id, or its stored form. `anonymise` (default) keeps predictions without their user and deletes comments; `erase` deletes predictions and feedback too. Experiments keep their counts, as those of somebody unknown.',
      access: 'admin',
      params: z.strictObject({ id: z.string().min(1).max(128) }),
      query: z.strictObject({ mode: z.enum(['anonymise', 'erase']).default('anonymise'), reason: reason.optional() }),
      answer: erasedSchema,
      problems: [404],
      async handle(context) {
        const { mode, reason: why = 'asked for' } = context.query;
        const id = userIds.wanted(context.params.id);
        const erased = await eraseUser(pool, id, mode);
        if (Object.values(erased).every((count) => count === 0))
          throw new NotFoundError('nothing is kept of this user');
        // the audit log keeps for ever: it may not hold the id itself
        const subject = `user ${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
        await auditRequest(audit, context, {
          project: null,
          action: `user.${mode}`,
          subject,
          reason: why,
          after: { ...erased },
        });
        return { mode, ...erased };
      },
    }),
  ];
}
