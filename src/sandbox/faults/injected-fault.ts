import type { RequestHandler } from 'express';
import { sendDocsError } from '../docs/docs-http.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { ApiError, sendError } from '../http/envelope.ts';
import { sendInboxRateLimited } from '../inbox/guards.ts';
import type { Store } from '../store/store.ts';

const DEFAULT_WAIT_SECONDS = 5;

/** Answers in place of the endpoint while a fault waits for its calls. */
export function injectedFault(
  store: Store,
  { method, template }: Pick<Endpoint, 'method' | 'template'>,
): RequestHandler {
  return (_request, response, next) => {
    const fault = store.faults.find(method, template);
    if (!fault) return next();
    store.commit({ kind: 'callFaultUsed', faultId: fault.id });
    if (template.startsWith('/v1/'))
      return sendDocsError(response, { status: fault.status, message: 'Injected fault' });
    if (fault.status === 429) {
      return sendInboxRateLimited(response, fault.retryAfterSeconds ?? DEFAULT_WAIT_SECONDS);
    }
    sendError(response, new ApiError(fault.status, fault.status === 401 ? 'Unauthorized' : 'Injected fault'));
  };
}
