import { z } from 'zod';
import { createRowChecker } from '../../core/batch/row-checker.js';
import type { ModelProject } from '../../core/project.js';
import type { Endpoint } from '../http/endpoint.js';
import type { Operation } from './operation.js';
import { operations } from './operations.js';

type Json = Record<string, unknown>;

function jsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'input'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}

/** The project's input as callers may send it: checked values, of which some may be left out. */
function inputSchema({ input, features }: ModelProject): Json {
  const { needed } = createRowChecker(
    input,
    features.map(({ name }) => name),
  );
  return { ...jsonSchema(input, 'output'), required: needed, additionalProperties: true };
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'message'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', examples: ['INVALID_INPUT'] },
    message: { type: 'string' },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, value: {}, message: { type: 'string' } },
      },
    },
    request_id: { type: 'string' },
  },
};

const details = z.object({
  interval: z.enum(['true', 'false']).optional().describe('adds the range of the single trees'),
  explain: z.enum(['true', 'false']).optional().describe('adds what each input did to the estimate'),
});

function parameters({ path }: Endpoint, { hasDetails, query = hasDetails ? details : undefined }: Operation): Json[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: jsonSchema(schema as z.ZodType),
  }));
  return [...inPath, ...inQuery];
}

function requestBody(project: ModelProject, described: Operation): Json {
  const { body, bodyTypes = ['application/json'] } = described;
  const bodyExample = described.bodyExampleOf?.(project) ?? described.bodyExample;
  if (bodyExample === undefined) return {};
  const schema = body === 'project' ? inputSchema(project) : body ? jsonSchema(body) : { type: 'string' };
  const content = { schema, example: bodyExample };
  return { requestBody: { required: true, content: Object.fromEntries(bodyTypes.map((type) => [type, content])) } };
}

function operation(project: ModelProject, endpoint: Endpoint, described: Operation): Json {
  const { summary, tag, answerType = 'application/json', answerExample } = described;
  const problem = { $ref: '#/components/responses/Problem' };
  const refusals = endpoint.method === 'POST' ? { 400: problem, 413: problem, 415: problem, 422: problem } : {};
  return {
    operationId: `${endpoint.name}${endpoint.path.includes(':version') ? '_of_version' : ''}`,
    summary,
    tags: [tag],
    parameters: parameters(endpoint, described),
    ...requestBody(project, described),
    responses: {
      200: { description: 'The answer', content: { [answerType]: { example: answerExample } } },
      ...refusals,
      503: problem,
    },
  };
}

/** The OpenAPI 3.1 document of the service, from the same schemas that check the requests. */
export function openApiDocument(project: ModelProject, endpoints: readonly Endpoint[]): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    const described = endpoint.operation ?? operations[endpoint.name];
    if (!described) continue;
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(project, endpoint, described) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: `Incumbent predictions: ${project.title}`,
      version: '0.1.0',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths,
    components: {
      responses: {
        Problem: {
          description: 'Problem details (RFC 9457)',
          content: { 'application/problem+json': { schema: problemSchema } },
        },
      },
    },
  };
}
