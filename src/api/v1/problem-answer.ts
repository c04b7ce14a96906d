import type { ErrorRequestHandler } from 'express';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { type Problem, RequestProblem } from '../errors.ts';
import { isForgedForm } from '../middleware/csrf.ts';
import { type ApiProblem, COMMON_PROBLEMS, type CommonProblem, problemType } from './problems.ts';

/** Answers every failed request of the API as `application/problem+json`; what is not foreseen is told in the log alone. */
export function answerProblems({ logger }: Deps): ErrorRequestHandler {
  return (error, req, res, next) => {
    const problem = toProblem(error);
    const { status, code } = problem;
    if (status >= 500) logger.error({ err: error, reference: req.id, code }, 'request failed');
    if (res.headersSent) return next(error);
    if (problem.retryAfterSeconds) res.set('Retry-After', String(problem.retryAfterSeconds));
    if (status === 401) res.set('WWW-Authenticate', 'Bearer');
    const body: ApiProblem = {
      type: problemType(code),
      title: problem.sentence,
      status,
      code,
      detail: problem.detail ?? problem.sentence,
      remedy: problem.remedy,
      reference: String(req.id),
      ...(problem.fields && { errors: { ...problem.fields } }),
    };
    // `json` keeps a type that is set.
    res.status(status).type('application/problem+json').json(body);
  };
}

const common = (code: CommonProblem): Problem => ({ code, ...COMMON_PROBLEMS[code] });
const refusedByParser = z.object({ status: z.number().int().min(400).max(499), type: z.string().optional() });

function toProblem(error: unknown): Problem {
  if (error instanceof RequestProblem) return error.problem;
  if (isForgedForm(error)) return common('forgedRequest');
  const refused = refusedByParser.safeParse(error).data;
  if (!refused) return common('internalError');
  if (refused.type === 'entity.parse.failed') return common('malformedJson');
  if (refused.status === 413) return common('tooLarge');
  if (refused.status === 415) return common('wrongContentType');
  return common('badRequest');
}
