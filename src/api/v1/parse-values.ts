import express, { type Request, type RequestHandler } from 'express';
import type { z } from 'zod';
import type { ApiEndpoint, RawBody } from './api-endpoint.ts';
import { apiProblem } from './problems.ts';

const JSON_TYPE = 'application/json';
const JSON_LIMIT = '200kb';

const isRaw = (body: ApiEndpoint['body']): body is RawBody => body !== undefined && 'kind' in body;

/** Reads the body of an endpoint as JSON, or leaves a raw one unread; checks type and announced length of both. */
export function readBody({ body }: ApiEndpoint): RequestHandler[] {
  if (!body) return [];
  const types = isRaw(body) ? body.types : [JSON_TYPE];
  const checkType: RequestHandler = (req, _res, next) => {
    // Null: there is no body, which validation speaks of.
    if (req.is([...types]) === false) {
      throw apiProblem('wrongContentType', { detail: `This address takes ${types.join(' or ')}.` });
    }
    if (isRaw(body) && Number(req.get('content-length') ?? 0) > body.maxBytes) throw bodyTooLarge(body.maxBytes);
    next();
  };
  return isRaw(body) ? [checkType] : [checkType, express.json({ type: JSON_TYPE, limit: JSON_LIMIT })];
}

/** For a handler that reads a raw body and finds it longer than is taken. */
export const bodyTooLarge = (maxBytes: number) =>
  apiProblem('tooLarge', { detail: `At most ${Math.floor(maxBytes / 1024)} KiB are taken.` });

/** Parameters, query and body as the endpoint's schemas have them. @throws RequestProblem 404, 400 or 422 */
export function parseCall({ params, query, body }: ApiEndpoint, req: Request) {
  const place = params?.safeParse(req.params);
  if (place && !place.success) throw apiProblem('notFound');
  const asked = query?.safeParse(req.query);
  if (asked && !asked.success) throw invalid('invalidQuery', asked.error);
  const sent = body && !isRaw(body) ? body.safeParse(req.body ?? {}) : undefined;
  if (sent && !sent.success) throw invalid('invalidBody', sent.error);
  return { params: place?.data as never, query: asked?.data as never, body: sent?.data as never };
}

function invalid(code: 'invalidQuery' | 'invalidBody', { issues }: z.ZodError) {
  const fields: Record<string, string> = {};
  for (const issue of issues) {
    // What is not known here is named, each by itself.
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
    for (const key of unknown) fields[[...issue.path, key].join('.')] = 'This is not known here.';
    if (unknown.length === 0) fields[issue.path.join('.') || 'body'] ??= issue.message;
  }
  return apiProblem(code, { fields, detail: `Look at: ${Object.keys(fields).join(', ')}.` });
}
