import { z } from 'zod';
import { API_SCOPE_TEXT, API_SCOPES } from '../../domain/api-key.ts';
import type { ApiEndpoint } from './api-endpoint.ts';
import { COMMON_PROBLEMS, problemSchema } from './problems.ts';
import { type JsonSchema, toJsonSchema } from './to-json-schema.ts';

export const OPENAPI_VERSION = '3.1.0';

const DESCRIPTION = `Everything that the pages of Helpscout Insights do, for programs.

**Keys.** Send \`Authorization: Bearer KEY\`. An administrator makes keys under *Settings > API keys*; each has scopes, and every endpoint says which one it needs. Pages of ours may call it with their session, then with the form token in \`x-csrf-token\`.

**Lists** answer \`data\` and \`nextCursor\`: send it as \`cursor\` for the next page, until it is null. Times are ISO 8601 in UTC.

**Failures** are \`application/problem+json\` (RFC 9457) with a stable \`code\`, what to do about it (\`remedy\`), a \`reference\` for an operator, and \`errors\` by field where values do not fit.

**Limits.** Each key has its calls a minute, see the \`RateLimit-*\` headers; beyond it there is 429 with \`Retry-After\`.`;

/** The OpenAPI 3.1 document of these endpoints, from the schemas that also serve them. */
export function openApiDocument(endpoints: readonly ApiEndpoint[]) {
  const components: Record<string, unknown> = {};
  const schemaOf: SchemaOf = (schema, io) => toJsonSchema(schema, io, components);
  schemaOf(problemSchema, 'output');
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method]: operation(endpoint, schemaOf) };
  }
  return {
    openapi: OPENAPI_VERSION,
    info: {
      title: 'Helpscout Insights',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    // Relative to where the document lies, which is where the API is.
    servers: [{ url: '/' }],
    tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components,
      responses: problemResponses(),
      headers: {
        RetryAfter: { description: 'Seconds to wait.', schema: { type: 'integer' } },
      },
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: `An API key with scopes:\n\n${API_SCOPES.map((name) => `- \`${name}\`: ${API_SCOPE_TEXT[name]}`).join('\n')}`,
        },
        session: { type: 'apiKey', in: 'cookie', name: 'helpscout-insights', description: 'Somebody signed in here.' },
      },
    },
  };
}

type SchemaOf = (schema: z.core.$ZodType, io: 'input' | 'output') => JsonSchema;

function operation(endpoint: ApiEndpoint, schemaOf: SchemaOf) {
  const { method, path, scope, tag, summary, description, params, query, body } = endpoint;
  const needs = `Needs the scope \`${scope}\`.`;
  return {
    operationId: operationId(method, path),
    tags: [tag],
    summary,
    description: description ? `${description}\n\n${needs}` : needs,
    parameters: [...parameters('path', params, schemaOf), ...parameters('query', query, schemaOf)],
    ...(body && { requestBody: { required: true, content: bodyContent(body, schemaOf) } }),
    responses: responses(endpoint, schemaOf),
    // 3.1 lets schemes that know no scopes of their own name the roles they ask for.
    security: [{ key: [scope] }, { session: [scope] }],
  };
}

/** `get /api/v1/log/events/:eventId` is `getLogEventsByEventId`. */
const operationId = (method: string, path: string) =>
  [method, ...path.replace('/api/v1/', '').split(/[/-]/)]
    .map((part) => (part.startsWith(':') ? `by-${part.slice(1)}` : part))
    .flatMap((part) => part.split('-'))
    .map((word, index) => (index === 0 ? word : `${word[0]?.toUpperCase()}${word.slice(1)}`))
    .join('');

function parameters(place: 'path' | 'query', schema: z.ZodObject | undefined, schemaOf: SchemaOf) {
  return Object.entries(schema?.shape ?? {}).map(([name, part]) => {
    const { description, ...rest } = schemaOf(part, 'input');
    return {
      name,
      in: place,
      required: place === 'path' || !z.safeParse(part, undefined).success,
      ...(description && { description }),
      schema: rest,
    };
  });
}

function bodyContent(body: NonNullable<ApiEndpoint['body']>, schemaOf: SchemaOf) {
  if (body instanceof z.ZodType) return { 'application/json': { schema: schemaOf(body, 'input') } };
  return ofTypes(body.types, body.description);
}

const ofTypes = (types: readonly string[], description: string) =>
  Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', description } }]));

function responses(endpoint: ApiEndpoint, schemaOf: SchemaOf) {
  const { response, status = 200, problems = {} } = endpoint;
  const own = Object.entries(problems).map(([failed, codes]) => [
    failed,
    { description: codes.map((code) => `\`${code}\``).join(', '), content: problemContent },
  ]);
  return {
    ...good(response, status, schemaOf),
    ...Object.fromEntries(commonStatuses(endpoint).map((failed) => [failed, refTo('responses', `Problem${failed}`)])),
    ...Object.fromEntries(own),
  };
}

function good(response: ApiEndpoint['response'], status: number, schemaOf: SchemaOf) {
  if (!response) return { 204: { description: 'Done.' } };
  const isSchema = response instanceof z.ZodType;
  return {
    [status]: {
      description: isSchema ? GOOD[status] : response.description,
      content: isSchema
        ? { 'application/json': { schema: schemaOf(response, 'output') } }
        : ofTypes(response.types, response.description),
    },
  };
}
const GOOD: Record<number, string> = { 200: 'As asked.', 201: 'Made.', 202: 'Accepted; the work goes on.' };

/** What can go wrong with any call of an endpoint's shape. */
function commonStatuses({ params, query, body, response, method }: ApiEndpoint): number[] {
  const raw = body && !(body instanceof z.ZodType);
  return [
    ...(query || body ? [400] : []),
    401,
    403,
    ...(params ? [404] : []),
    ...(response && !(response instanceof z.ZodType) ? [406] : []),
    ...(body ? [413, 415] : []),
    ...(body && !raw ? [422] : []),
    429,
    500,
    ...(method === 'get' ? [] : [503]),
  ];
}

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
const refTo = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

function problemResponses() {
  const byStatus = new Map<number, string[]>();
  for (const [code, { status, sentence }] of Object.entries(COMMON_PROBLEMS)) {
    byStatus.set(status, [...(byStatus.get(status) ?? []), `\`${code}\`: ${sentence}`]);
  }
  const entries = [...byStatus].map(([status, lines]) => [
    `Problem${status}`,
    {
      description: lines.join('\n\n'),
      ...(status === 429 && { headers: { 'Retry-After': refTo('headers', 'RetryAfter') } }),
      content: problemContent,
    },
  ]);
  return Object.fromEntries(entries);
}
