import { z } from 'zod';
import { changeTopics, readChanges } from '../../adapters/postgres/change-reader.js';
import type { ControlDeps } from '../control-deps.js';
import { openEvents } from '../http/events.js';
import { recent } from '../http/recent.js';
import { ANSWERED, type Route, route } from '../http/route.js';
import { projectName } from '../views/fields.js';

const LOOK_EVERY_MS = 1_000;
/** All who look within this time share one look at the database. */
const SHARED_MS = 900;

/** What has changed, for pages that show it. */
export function eventRoutes({ pool, project, logger }: ControlDeps): Route[] {
  const look = recent((name) => readChanges(pool, name), { maxAgeMs: SHARED_MS });
  return [
    route({
      method: 'get',
      path: '/api/events',
      tag: 'overview',
      summary: 'What has changed, as it changes',
      description:
        'With Accept: text/event-stream an event `changed` with the topics that are no longer what they were, at most once a second; otherwise the topics with a text each that changes with them.',
      access: 'viewer',
      stream: 'text/event-stream',
      query: z.strictObject({ project: projectName }),
      answer: z.object({ topics: z.record(z.enum(changeTopics), z.string()) }).meta({ id: 'Changes' }),
      async handle({ query, request, response }) {
        const { name } = project(query.project);
        const first = await look(name);
        if (request.accepts(['application/json', 'text/event-stream']) !== 'text/event-stream') {
          return { topics: { ...first } };
        }
        const events = openEvents(request, response);
        events.send('watching', { topics: changeTopics });
        let known = first;
        while (!events.closed()) {
          await events.pause(LOOK_EVERY_MS);
          try {
            const now = await look(name);
            const topics = changeTopics.filter((topic) => now[topic] !== known[topic]);
            if (topics.length > 0) events.send('changed', { topics });
            known = now;
          } catch (error) {
            // the next look tries again; what changed meanwhile is told then
            logger.debug({ err: error }, 'changes not read');
          }
        }
        return ANSWERED;
      },
    }),
  ];
}
