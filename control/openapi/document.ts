import { z } from 'zod';
import { type Route, scopeOf } from '../http/route.js';

type Json = Record<string, unknown>;

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Nobody is signed in, or the token is not valid',
  403: 'The caller may not do this',
  404: 'There is no such thing',
  409: 'Something is in the way; where it is a job, `job_id` names it',
  412: 'It has changed since the ETag in If-Match was read',
  413: 'The body is too large',
  415: 'The body is of a type that is not taken here',
  422: 'A field cannot be used; `fields` says which and why',
  429: 'Too many requests; Retry-After says when to come back',
  503: 'A part that is needed is away',
};

const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    message: z.string(),
    fields: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    request_id: z.string().optional(),
  })
  .meta({ id: 'Problem' });

/** Collects the schemas that have a name and refers to them. */
function createSchemas() {
  const components: Json = {};
  return {
    components,
    of(schema: z.ZodType, io: 'input' | 'output'): Json {
      const text = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
      const { $schema, $defs, ...inline } = JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
      for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, Json>)) {
        components[name] = definition;
      }
      const { id } = inline;
      if (typeof id !== 'string') return inline;
      components[id] = inline;
      return { $ref: `#/components/schemas/${id}` };
    },
  };
}

type Schemas = ReturnType<typeof createSchemas>;

function parameters(route: Route, schemas: Schemas): Json[] {
  const place = (schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] => {
    if (!schema) return [];
    const { properties = {}, required = [] } = schemas.of(schema, 'input') as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, { description, ...type }]) => ({
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: type,
    }));
  };
  const header = (name: string, description: string): Json => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  });
  return [
    ...place(route.params, 'path'),
    ...place(route.query, 'query'),
    ...(route.idempotent ? [header('Idempotency-Key', 'The same key with the same request does it once')] : []),
    ...(route.current ? [header('If-Match', 'ETag of what the change is meant for')] : []),
  ];
}

function operation(route: Route, schemas: Schemas): Json {
  const { params, query, body, answer, upload, stream, access } = route;
  const refusals = [
    ...(params || query || body ? [422] : []),
    ...(body || upload ? [400, 413, 415] : []),
    ...(access === 'public' ? [] : [401, 403, 429]),
    ...(route.current ? [412] : []),
    ...(route.problems ?? []),
    503,
  ];
  const problem = { 'application/problem+json': { schema: schemas.of(problemSchema, 'output') } };
  const content = answer
    ? {
        'application/json': { schema: schemas.of(answer, 'output') },
        ...(stream ? { [stream]: { schema: { type: 'string' } } } : {}),
      }
    : undefined;
  const taken = (upload || body) && {
    ...(body ? { 'application/json': { schema: schemas.of(body, 'input') } } : {}),
    ...Object.fromEntries((upload?.types ?? []).map((type) => [type, { schema: { type: 'string' } }])),
  };
  return {
    operationId: `${route.method}${route.path.replace('/api', '').replace(/[/:_-]+(\w)/g, (_, c: string) => c.toUpperCase())}`,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description ? { description: route.description } : {}),
    parameters: parameters(route, schemas),
    ...(taken ? { requestBody: { required: true, content: taken } } : {}),
    responses: {
      [route.status ?? (answer ? 200 : 204)]: { description: 'Done', ...(content ? { content } : {}) },
      ...Object.fromEntries(
        [...new Set(refusals)].sort().map((status) => [status, { description: PROBLEMS[status], content: problem }]),
      ),
    },
    ...(access === 'public' ? { security: [] } : {}),
    'x-role': access,
    ...(access === 'public' ? {} : { 'x-scope': scopeOf(route) }),
  };
}

/** The OpenAPI 3.1 document of these routes, made from the very schemas that check the requests. */
export function openApiDocument(routes: readonly Route[], version: string): Json {
  const schemas = createSchemas();
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Incumbent control API',
      version,
      description:
        'Trains, compares, deploys and watches the models of the projects. Times are ISO 8601 in UTC; lists are `{items, next_cursor}`; errors are problem details (RFC 9457).',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.components,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A signed token (JWT) or an API key' },
        session: { type: 'apiKey', in: 'cookie', name: 'incumbent_session', description: 'From POST /api/auth/login' },
      },
    },
    security: [{ bearer: [] }, { session: [] }],
  };
}
