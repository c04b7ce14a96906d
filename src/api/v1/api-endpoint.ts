import type { Request } from 'express';
import { z } from 'zod';
import type { ApiScope } from '../../domain/api-key.ts';
import type { Role } from '../../domain/roles.ts';
import type { Organization } from '../../storage/organizations.ts';
import type { Deps } from '../deps.ts';
import type { Reply } from '../reply.ts';

/** Who calls: a program with a key, or somebody signed in. */
export interface ApiCaller {
  organization: Organization;
  /** For the log and the audit trail: a member's address, or `API key NAME`. */
  by: string;
  scopes: ReadonlySet<ApiScope>;
  /** Of a key that of who made it; its scopes say what of it may be done. */
  role: Role;
  /** What calls are counted by. */
  limitKey: string;
  /** Absent for a key. */
  memberId?: string;
}

/** One request that was let in, its values parsed. */
export interface ApiCall<P, Q, B> {
  organizationId: string;
  caller: ApiCaller;
  params: P;
  query: Q;
  body: B;
  /** For what parsed values do not carry: a body that is read as a stream, the `Accept` header. */
  req: Request;
}

/** A body that the handler reads from `req` itself, as it comes: nothing of it is parsed or kept before. */
export interface RawBody {
  kind: 'raw';
  /** Media types that are taken; others are answered 415. */
  types: readonly string[];
  description: string;
  /** More is refused (413) when the request says so at its start; the handler watches what comes without a length. */
  maxBytes: number;
}

/** An answer that is written as it is read, of one of these media types; the handler makes the reply. */
export interface StreamedResponse {
  kind: 'streamed';
  types: readonly string[];
  description: string;
}

export const rawBody = (body: Omit<RawBody, 'kind'>): RawBody => ({ kind: 'raw', ...body });
export const streamed = (response: Omit<StreamedResponse, 'kind'>): StreamedResponse => ({
  kind: 'streamed',
  ...response,
});

type BodyOf<B> = B extends z.ZodType ? z.output<B> : undefined;
/** What a handler hands over is only read. */
type Given<T> = T extends Date
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Given<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: Given<T[K]> }
      : T;
type ResultOf<R> = R extends z.ZodType ? Given<z.input<R>> : R extends StreamedResponse ? Reply : undefined;

interface Description {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, parameters as `:name`. */
  path: `/api/v1/${string}`;
  /** What a key needs; somebody signed in needs the role that the same page asks. */
  scope: ApiScope;
  /** A heading of the document: endpoints of one tag stand together. */
  tag: string;
  /** One line, as a verb phrase. */
  summary: string;
  description?: string;
  /** Of a good answer. 200 where nothing else is said; without `response` 204. */
  status?: 200 | 201 | 202;
  /** Codes of the refusals that are this endpoint's own, by status: `{ 409: ['retryRunning'] }`. */
  problems?: Readonly<Record<number, readonly string[]>>;
}

/** An endpoint of the public API as the route table holds it: enough to serve it, and to document it. */
export interface ApiEndpoint extends Description {
  access: 'api';
  params: z.ZodObject | undefined;
  query: z.ZodObject | undefined;
  body: z.ZodType | RawBody | undefined;
  response: z.ZodType | StreamedResponse | undefined;
  handler: (deps: Deps) => (call: ApiCall<never, never, never>) => Promise<unknown>;
}

/**
 * An endpoint under `/api/v1`. Listing it in the route table serves it (keys and sessions, scopes, limits, problem+json)
 * and documents it. The handler answers with what fits `response` (Dates as Dates; what the schema does not name is
 * dropped), or throws a RequestProblem.
 */
export function apiEndpoint<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType | RawBody | undefined = undefined,
  R extends z.ZodType | StreamedResponse | undefined = undefined,
>(
  endpoint: Description & {
    params?: P;
    query?: Q;
    body?: B;
    response?: R;
    handler: (deps: Deps) => (call: ApiCall<z.output<P>, z.output<Q>, BodyOf<B>>) => Promise<ResultOf<R>>;
  },
): ApiEndpoint {
  const { params, query, body, response, ...rest } = endpoint;
  return { ...rest, access: 'api', params, query, body, response };
}

/** How many rows are asked for, 1 to `most`. */
export function limitOf(most: number, usual: number, description: string) {
  const sentence = `This must be a whole number from 1 to ${most}.`;
  return z.coerce
    .number(sentence)
    .int(sentence)
    .min(1, sentence)
    .max(most, sentence)
    .default(usual)
    .describe(description);
}

/** Query of a list: its own filters, and where to go on. */
export const pageQuery = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject({
    ...shape,
    cursor: z.string().min(1).max(600).optional().describe('`nextCursor` of the page before; absent for the first.'),
    limit: limitOf(200, 50, 'Rows of a page.'),
  });

/** Answer of a list. */
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({
    data: z.array(row),
    nextCursor: z.string().nullable().describe('Continues the list; null at its end.'),
  });
