import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '../clock.ts';
import { sendDocsError } from '../docs/docs-http.ts';
import { sendDocsRateLimited } from '../docs/guards.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { ApiError } from '../http/envelope.ts';
import type { Journal } from '../http/journal.ts';
import { isWriting, sendInboxRateLimited } from '../inbox/guards.ts';
import { sendTokenError } from '../oauth/token-errors.ts';
import type { FaultApi, FaultEffect, FaultRule } from '../store/events/fault-events.ts';
import type { Store } from '../store/store.ts';
import type { Switches } from '../switches.ts';
import { dropAfter, dropBefore } from './dropped-connection.ts';

const DEFAULT_WAIT_SECONDS = 5;
const MEANINGS: Record<number, string> = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found' };

export interface FaultDeps {
  store: Store;
  clock: Clock;
  journal: Journal;
  switches: Switches;
}
type Call = Pick<Endpoint, 'template'> & { method: string };

/** Lets the rules do their damage to an endpoint: one handler for before the rate limit, one for after it. */
export function injectedFaults({ store, clock, journal, switches }: FaultDeps, call: Call) {
  function strike(request: Request, response: Response, isBeforeAll: boolean): FaultEffect | undefined {
    const conversationId = conversationIdOf(request);
    const fault = store.faults.strike(
      (rule) => isFirst(rule.effect) === isBeforeAll && concerns(rule, call, conversationId),
    );
    if (!fault) return undefined;
    journal.note(response, { faultId: fault.rule.id });
    store.commit({ kind: 'faultStruck', faultId: fault.rule.id, turn: fault.turn });
    return fault.rule.effect;
  }

  function refuse(response: Response, status: number, waitSeconds: number): void {
    const api = apiOf(call.template);
    const message = MEANINGS[status] ?? 'Injected fault';
    if (status === 429) {
      if (api === 'docs') sendDocsRateLimited(response, clock.now() + waitSeconds * 1000);
      else sendInboxRateLimited(response, waitSeconds);
    } else if (api === 'docs') {
      sendDocsError(response, { status, message });
    } else if (api === 'token') {
      sendTokenError(response, switches.values.oauth.errorBodies, status, { error: 'server_error' });
    } else {
      throw new ApiError(status, message);
    }
  }

  /** A connection cut before anything happened costs nothing either: it stands before the limit. */
  const beforeAll: RequestHandler = (request, response, next) => {
    if (strike(request, response, true) === undefined) return next();
    journal.note(response, { dropped: 'before' });
    dropBefore(request);
  };

  const beforeHandling: RequestHandler = (request, response, next) => {
    const effect = strike(request, response, false);
    if (effect === undefined) return next();
    if ('status' in effect) {
      return refuse(response, effect.status, effect.retryAfterSeconds ?? DEFAULT_WAIT_SECONDS);
    }
    if ('delayMs' in effect) {
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      // Who has hung up meanwhile is not handled: its request is over.
      return void clock.sleep(effect.delayMs, gone.signal).then(
        () => next(),
        () => undefined,
      );
    }
    dropAfter(request, response, (unsentStatus) => journal.note(response, { dropped: 'after', unsentStatus }));
    next();
  };

  return { beforeAll, beforeHandling };
}

function apiOf(template: string): FaultApi {
  if (template.startsWith('/v1/')) return 'docs';
  return template.startsWith('/v2/oauth2/') ? 'token' : 'inbox';
}

const isFirst = (effect: FaultEffect): boolean => 'drop' in effect && effect.drop === 'before';

function concerns({ match }: FaultRule, call: Call, conversationId: number | undefined): boolean {
  return (
    (match.api === undefined || match.api === apiOf(call.template)) &&
    (match.method === undefined || match.method === call.method) &&
    (match.template === undefined || match.template === call.template) &&
    (match.conversationId === undefined || match.conversationId === conversationId) &&
    (match.writesOnly !== true || isWriting(call))
  );
}

/** Of the conversation, its threads, tags and so on alike. */
function conversationIdOf({ originalUrl }: Request): number | undefined {
  const [, id] = /^\/v\d\/conversations\/(\d+)(?:[/?]|$)/.exec(originalUrl) ?? [];
  return id === undefined ? undefined : Number(id);
}
