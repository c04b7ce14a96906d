import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { ErrorPage, renderPage } from '../../ui/index.ts';
import type { Shell } from '../../ui/props.ts';
import type { Deps } from '../deps.ts';
import { notFound, type Problem, RequestProblem } from '../errors.ts';
import { memberShell } from '../shells.ts';
import { isForgedForm } from './csrf.ts';
import { visitorOf } from './visitor.ts';

/** Whatever no route took. */
export const nothingHere: RequestHandler = () => {
  throw notFound();
};

/** Answers every failed request: a page for people, JSON for machines. Unknown errors tell a reference id alone. */
export function answerErrors(deps: Deps): ErrorRequestHandler {
  return async (error, req, res, next) => {
    const problem = toProblem(error, req);
    if (problem.status >= 500)
      deps.logger.error({ err: error, reference: req.id, code: problem.code }, 'request failed');
    if (res.headersSent) return next(error);
    if (problem.retryAfterSeconds) res.set('Retry-After', String(problem.retryAfterSeconds));
    res.status(problem.status);
    if (speaksJson(req)) {
      const { code, sentence, remedy } = problem;
      res.json({ error: { code, message: sentence, remedy } });
      return;
    }
    if (speaksProblems(req)) {
      const { status, code, sentence, remedy } = problem;
      const details = { type: 'about:blank', title: STATUS_CODES[status], status, code, detail: sentence, remedy };
      // Which form it is was not looked at; that it was refused is no secret from any website.
      res.set('Access-Control-Allow-Origin', '*').type('application/problem+json').json(details);
      return;
    }
    // The page of an error must not fail for the reason of the error.
    const shell: Shell | null = visitorOf(req)
      ? await memberShell(deps, req, { flash: false }).catch(() => null)
      : null;
    res.type('html').send(renderPage(ErrorPage({ shell, ...problem })));
  };
}

const speaksJson = (req: Request) => /^\/(api\/|webhooks\/|temporal\/codec\/|(healthz|livez|readyz)$)/.test(req.path);

/** Programs that submit a contact form and are refused before it is looked at, as for a body far too large. */
const speaksProblems = (req: Request) =>
  /^\/forms\/[^/]+\/submissions\b/.test(req.path) && req.accepts(['json', 'html']) === 'json';

function toProblem(error: unknown, req: Request): Problem {
  if (error instanceof RequestProblem) return error.problem;
  if (isForgedForm(error)) {
    return {
      status: 403,
      code: 'formExpired',
      sentence: 'This form has expired.',
      remedy: 'Go back, load the page again, and send the form once more.',
      actionHref: '/',
      actionText: 'To the start page',
    };
  }
  const status = httpStatusOf(error);
  if (status === 413) {
    return { status, code: 'tooLarge', sentence: 'This is too large.', remedy: 'Send less at once.' };
  }
  if (status !== null && status < 500) {
    return {
      status,
      code: 'badRequest',
      sentence: 'We cannot read this request.',
      remedy: 'Go back and send it again.',
    };
  }
  return {
    status: 500,
    code: 'internalError',
    sentence: 'Something failed on our side.',
    remedy: `Try again. If it stays, give an operator this reference: ${String(req.id)}.`,
  };
}

/** The status that Express and its parsers put on what they refuse. */
function httpStatusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('status' in error)) return null;
  return typeof error.status === 'number' && error.status >= 400 ? error.status : null;
}
