import { z } from 'zod';
import { RequestProblem } from '../errors.ts';

/** Where the words of a problem's type stand. */
export const problemType = (code: string) => `/api/v1/docs#problem-${code}`;

/** RFC 9457, with a stable code, what to do about it, and a sentence for each value that does not fit. */
export const problemSchema = z
  .object({
    type: z.string().describe('Where this kind of problem is described.'),
    title: z.string(),
    status: z.number().int(),
    code: z.string().describe('Stable: programs decide by it.'),
    detail: z.string(),
    remedy: z.string().describe('What to do about it.'),
    reference: z.string().describe('Of this request, for an operator who looks into the log.'),
    errors: z.record(z.string(), z.string()).optional().describe('A sentence for each field or parameter, by name.'),
  })
  .meta({ id: 'Problem', description: 'Why a request failed.' });
export type ApiProblem = z.infer<typeof problemSchema>;

/** Problems that every endpoint may answer with. */
export const COMMON_PROBLEMS = {
  malformedJson: {
    status: 400,
    sentence: 'The body is no JSON.',
    remedy: 'Send one JSON object, in UTF-8.',
  },
  invalidQuery: {
    status: 400,
    sentence: 'A parameter of the query does not fit.',
    remedy: 'Correct the parameters that `errors` names.',
  },
  badRequest: {
    status: 400,
    sentence: 'We cannot read this request.',
    remedy: 'Check how it is put together, and send it again.',
  },
  noKey: {
    status: 401,
    sentence: 'This needs an API key.',
    remedy: 'Send `Authorization: Bearer KEY`. An administrator makes keys under Settings > API keys.',
  },
  unknownKey: {
    status: 401,
    sentence: 'This is no API key of ours.',
    remedy: 'Check that it was copied whole; it begins with `hsi_`.',
  },
  revokedKey: { status: 401, sentence: 'This API key was revoked.', remedy: 'Ask an administrator for another.' },
  expiredKey: { status: 401, sentence: 'This API key has expired.', remedy: 'Ask an administrator for another.' },
  missingScope: {
    status: 403,
    sentence: 'This API key or role does not allow this.',
    remedy: 'Use a key with the scope that `detail` names, or ask an administrator.',
  },
  forgedRequest: {
    status: 403,
    sentence: 'The form token of the session is missing or has expired.',
    remedy: 'Send it as `x-csrf-token`, or use an API key. Loading the page again makes a fresh one.',
  },
  notFound: {
    status: 404,
    sentence: 'There is nothing at this address.',
    remedy: 'It may have been removed, or the address has a mistake.',
  },
  methodNotAllowed: {
    status: 405,
    sentence: 'This address does not take this method.',
    remedy: 'Use one of the methods that the `Allow` header names.',
  },
  notAcceptable: {
    status: 406,
    sentence: 'The answer cannot be of a type that `Accept` names.',
    remedy: 'Ask for one of the types that `detail` names.',
  },
  tooLarge: { status: 413, sentence: 'The body is too large.', remedy: 'Send less at once.' },
  wrongContentType: {
    status: 415,
    sentence: 'The body is of a type that is not taken here.',
    remedy: 'Send it with one of the content types that `detail` names.',
  },
  invalidBody: {
    status: 422,
    sentence: 'A value of the body does not fit.',
    remedy: 'Correct the fields that `errors` names.',
  },
  tooManyCalls: {
    status: 429,
    sentence: 'There were too many calls in this minute.',
    remedy: 'Wait as long as `Retry-After` says.',
  },
  internalError: {
    status: 500,
    sentence: 'Something failed on our side.',
    remedy: 'Try again. If it stays, give an operator the `reference`.',
  },
  temporalUnavailable: {
    status: 503,
    sentence: 'The part that does the work does not answer right now.',
    remedy: 'Nothing is lost. Try again in a minute.',
  },
} as const;
export type CommonProblem = keyof typeof COMMON_PROBLEMS;

/** A refusal with the common words for its code. */
export const apiProblem = (
  code: CommonProblem,
  more: { detail?: string; fields?: Readonly<Record<string, string>>; retryAfterSeconds?: number } = {},
) => new RequestProblem({ code, ...COMMON_PROBLEMS[code], ...more });

/** It is not possible as things are: 409 with the words of the refusal. */
export const conflict = (code: string, sentence: string, remedy: string) =>
  new RequestProblem({ status: 409, code, sentence, remedy });
