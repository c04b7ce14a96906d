import { STATUS_CODES } from 'node:http';
import type { FieldErrors } from '../../../ui/props.ts';
import { json, type Reply } from '../../reply.ts';

/** Why a submission, or a question about one, is refused: a stable code, a sentence, and what to do. */
export interface FormProblem {
  status: number;
  code: string;
  sentence: string;
  remedy: string;
  /** A sentence for each field that does not fit. */
  errors?: FieldErrors;
  retryAfterSeconds?: number;
  /** Of the submission that was kept although it does not fit. */
  submissionId?: string;
}

export const unknownForm: FormProblem = {
  status: 404,
  code: 'unknownForm',
  sentence: 'There is no such contact form.',
  remedy: 'It may have been removed. Check the address, or write to us in another way.',
};

export const formIsOff: FormProblem = {
  status: 410,
  code: 'formIsOff',
  sentence: 'This contact form takes no messages at the moment.',
  remedy: 'Write to us in another way.',
};

export const originRefused: FormProblem = {
  status: 403,
  code: 'originRefused',
  sentence: 'This contact form may not be used from this website.',
  remedy: 'Add the website to the form’s allowed origins, under Settings > Contact forms.',
};

export const bodyTooLarge: FormProblem = {
  status: 413,
  code: 'tooLarge',
  sentence: 'This is too large.',
  remedy: 'Send at most 100 kB; files cannot be attached.',
};

export const wrongContentType: FormProblem = {
  status: 415,
  code: 'wrongContentType',
  sentence: 'The body is of a type that is not taken here.',
  remedy: 'Send application/json or application/x-www-form-urlencoded, in UTF-8. Files cannot be attached.',
};

export const unreadableBody: FormProblem = {
  status: 400,
  code: 'unreadableBody',
  sentence: 'We cannot read this body.',
  remedy: 'Send one JSON object, or the fields of a form, in UTF-8.',
};

export const idempotencyKeyUnfit: FormProblem = {
  status: 422,
  code: 'idempotencyKeyUnfit',
  sentence: 'The idempotency key does not fit.',
  remedy: 'Use 1 to 200 visible ASCII characters, such as a random UUID.',
};

export const idempotencyKeyReused: FormProblem = {
  status: 422,
  code: 'idempotencyKeyReused',
  sentence: 'Another message was sent with this idempotency key.',
  remedy: 'Use a new key for each message, and the same one only to repeat it.',
};

export const unknownSubmission: FormProblem = {
  status: 404,
  code: 'unknownSubmission',
  sentence: 'There is no such submission.',
  remedy: 'Check the address.',
};

/** Nothing was kept: what is answered must not look like an acceptance. */
export const notKept: FormProblem = {
  status: 503,
  code: 'notKept',
  sentence: 'Your message could not be kept.',
  remedy: 'Nothing was sent. Try again in a minute.',
  retryAfterSeconds: 60,
};

export const tooManySubmissions = (retryAfterSeconds: number): FormProblem => ({
  status: 429,
  code: 'tooManySubmissions',
  sentence: 'Too many messages came from here.',
  remedy: `Wait ${retryAfterSeconds === 1 ? 'a second' : `${retryAfterSeconds} seconds`}, then try again.`,
  retryAfterSeconds,
});

export const unfitFields = (errors: FieldErrors, submissionId: string): FormProblem => ({
  status: 422,
  code: 'unfitFields',
  sentence: 'Some fields need another look.',
  remedy: 'Correct the fields that `errors` names, and send it again.',
  errors,
  submissionId,
});

/** The headers that belong to a problem, whoever reads it. */
export const problemHeaders = ({ retryAfterSeconds }: FormProblem): Record<string, string> =>
  retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };

/** Problem details for programs (RFC 9457). */
export function problemReply(problem: FormProblem, headers: Readonly<Record<string, string>> = {}): Reply {
  const { status, code, sentence, remedy, errors, submissionId } = problem;
  const body = {
    type: 'about:blank',
    title: STATUS_CODES[status],
    status,
    code,
    detail: sentence,
    remedy,
    ...(errors && { errors }),
    ...(submissionId && { submissionId }),
  };
  return json(status, body, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    ...problemHeaders(problem),
    ...headers,
  });
}
