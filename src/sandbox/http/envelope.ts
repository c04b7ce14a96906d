import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import type { z } from 'zod';

const LONGEST_REPEATED = 200;
const ABOUT = 'http://developer.helpscout.net/mailbox-api/overview/errors';

export interface FieldError {
  path: string;
  message: string;
  code: string;
  rejectedValue?: unknown;
}

/** An answer of the Inbox API that is not a success. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  readonly errors: FieldError[];
  constructor(status: number, message: string, errors: FieldError[] = []) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

export const notFound = (): ApiError => new ApiError(404, 'Not Found');

/** Headers are set by hand because Express would add a charset, and some clients compare the type exactly. */
export function sendJson(response: Response, status: number, contentType: string, body: unknown): void {
  response.status(status);
  response.setHeader('Content-Type', contentType);
  response.end(JSON.stringify(body));
}

export function sendHal(response: Response, body: unknown): void {
  sendJson(response, 200, 'application/hal+json', body);
}

/** Creates answer without a body; the new id is in a header. */
export function sendCreated(response: Response, id: number, location: string): void {
  response.setHeader('Resource-ID', String(id));
  response.setHeader('Location', location);
  response.status(201).end();
}

export function sendError(response: Response, error: ApiError): void {
  sendJson(response, error.status, 'application/vnd.error+json', {
    logRef: randomUUID(),
    message: error.message,
    _embedded: {
      errors: error.errors.map(({ code, ...field }) => ({
        ...field,
        source: 'JSON',
        _links: { about: { href: `${ABOUT}#${code}` } },
      })),
    },
    _links: { about: { href: ABOUT } },
  });
}

export function sendUnparseable(response: Response): void {
  sendJson(response, 400, 'application/vnd.error+json', {
    logRef: randomUUID(),
    message: 'Error parsing request body into JSON',
    _embedded: { errors: [] },
    _links: { self: { href: `${ABOUT}#invalid-json` } },
  });
}

/** Parses input of the Inbox API, or the part of it at `at`; a misfit is the 400 envelope naming each field. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown, at = ''): z.infer<T> {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  throw new ApiError(
    400,
    'Bad request',
    result.error.issues.map((issue) => fieldErrorOf(issue, at)),
  );
}

function fieldErrorOf(issue: z.core.$ZodIssue, at: string): FieldError {
  const path = issue.path.reduce<string>(
    (before, key) =>
      typeof key === 'number' ? `${before}[${key}]` : before === '' ? String(key) : `${before}.${String(key)}`,
    at,
  );
  const isMissing = issue.input === undefined || issue.input === null || issue.code === 'too_small';
  if (isMissing) return { path, message: 'may not be empty', code: 'NotEmpty' };
  const message =
    issue.code === 'invalid_value'
      ? `Expected one of these: ${issue.values.map((value) => `'${String(value)}'`).join(', ')}`
      : issue.message;
  const code = issue.code === 'invalid_value' ? 'EnumValue' : 'Invalid';
  return path !== 'secret' && isShort(issue.input)
    ? { path, message, code, rejectedValue: issue.input }
    : { path, message, code };
}

/** Answers repeat what was wrong, but not a secret, a file or half a body. */
function isShort(value: unknown): boolean {
  return (typeof value !== 'object' || value === null) && String(value).length <= LONGEST_REPEATED;
}
