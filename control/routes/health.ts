import { z } from 'zod';
import type { ControlDeps } from '../control-deps.js';
import { type Route, route } from '../http/route.js';

const healthSchema = z
  .object({
    status: z.enum(['ok', 'degraded']),
    database: z.enum(['up', 'down']),
    projects: z.array(z.string()),
  })
  .meta({ id: 'Health' });

export function healthRoutes({ pool, projects }: ControlDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/health',
      tag: 'health',
      summary: 'Whether this service works',
      access: 'public',
      answer: healthSchema,
      async handle({ response }) {
        const up = await pool.query('select 1').then(
          () => true,
          () => false,
        );
        if (!up) response.status(503);
        return {
          status: up ? ('ok' as const) : ('degraded' as const),
          database: up ? ('up' as const) : ('down' as const),
          projects: projects.map(({ name }) => name),
        };
      },
    }),
  ];
}
