import type { ErrorRequestHandler } from 'express';
import { DocsError, sendDocsError } from '../docs/docs-http.ts';
import type { Logger } from '../logger.ts';
import type { Switches } from '../switches.ts';
import { ApiError, sendError, sendUnparseable } from './envelope.ts';

const FAILED = 'the sandbox failed to answer';

/** Of these nobody could confirm that they have a body. */
const PERHAPS_EMPTY = [401, 403, 404];

/** What goes wrong in the Inbox API, in its envelope; what nobody foresaw is logged and a 500. */
export function inboxErrors(logger: Logger, switches: Switches): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    if (error instanceof ApiError) {
      const isEmpty = switches.values.errors.bodies === 'empty' && PERHAPS_EMPTY.includes(error.status);
      return isEmpty ? void response.status(error.status).end() : sendError(response, error);
    }
    const { type, status } = parserErrorOf(error);
    if (type === 'entity.parse.failed') return sendUnparseable(response);
    if (status === 413) return sendError(response, new ApiError(413, 'Request Entity Too Large'));
    if (status !== undefined) return sendError(response, new ApiError(400, 'Bad request'));
    logger.error({ err: error }, FAILED);
    sendError(response, new ApiError(500, 'Internal Server Error'));
  };
}

/** As `inboxErrors`, of the Docs API. */
export function docsErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    if (error instanceof DocsError) return sendDocsError(response, error);
    if (parserErrorOf(error).status !== undefined)
      return sendDocsError(response, { status: 400, message: 'Bad Request' });
    logger.error({ err: error }, FAILED);
    sendDocsError(response, { status: 500, message: 'Internal Server Error' });
  };
}

/** For the control API and the pages: what a body parser refuses is the sender's fault, the rest is ours. */
export function otherErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const { status } = parserErrorOf(error);
    if (status !== undefined) return void response.status(status).json({ error: 'The request cannot be read.' });
    logger.error({ err: error }, FAILED);
    response.status(500).json({ error: 'The sandbox failed to answer.' });
  };
}

/** Express's parsers (body, path) throw errors with a client status; the message may quote the body and is not used. */
function parserErrorOf(error: unknown): { type?: unknown; status?: number } {
  if (!(error instanceof Error) || !('status' in error)) return {};
  const { status } = error;
  if (typeof status !== 'number' || status < 400 || status >= 500) return {};
  return { status, type: 'type' in error ? error.type : undefined };
}
