import type { Request, RequestHandler } from 'express';
import { apiKeyEnd } from '../../domain/api-key.ts';
import { noteLogContext } from '../../telemetry/log-context.ts';
import type { Deps } from '../deps.ts';
import { refuseForgedForms } from '../middleware/csrf.ts';
import { visitorOf } from '../middleware/visitor.ts';
import type { ApiCaller } from './api-endpoint.ts';
import { apiProblem } from './problems.ts';
import { scopesOf } from './scopes.ts';

const BEARER = /^Bearer +(\S+)$/i;
const callers = new WeakMap<Request, ApiCaller>();

/** The caller of a request that `authenticate` let pass. */
export function callerOf(req: Request): ApiCaller {
  const caller = callers.get(req);
  if (!caller) throw new Error('This request has no caller: its endpoint is registered without authenticate.');
  return caller;
}

/**
 * Finds out who calls. A key in `Authorization` decides alone; without one the session does, whose changes need its form
 * token too, since browsers send the cookie from anywhere.
 * @param session the middlewares that recognize who is signed in
 */
export function authenticate(deps: Deps, session: readonly RequestHandler[]): RequestHandler[] {
  const byKey: RequestHandler = async (req, _res, next) => {
    const authorization = req.get('authorization');
    if (authorization !== undefined) callers.set(req, await keyCaller(deps, authorization));
    next();
  };
  const bySession: RequestHandler = (req, _res, next) => {
    const visitor = visitorOf(req);
    if (!visitor) throw apiProblem('noKey');
    const { organization, member } = visitor;
    callers.set(req, {
      organization,
      by: member.email,
      scopes: scopesOf(member.role),
      role: member.role,
      limitKey: `member:${member.memberId}`,
      memberId: member.memberId,
    });
    next();
  };
  // Whoever sent this header and came so far has a key.
  const unlessByKey = (middleware: RequestHandler): RequestHandler => {
    return (req, res, next) => (req.get('authorization') === undefined ? middleware(req, res, next) : next());
  };
  return [byKey, ...[...session, bySession, refuseForgedForms].map(unlessByKey)];
}

async function keyCaller({ storage, now }: Deps, authorization: string): Promise<ApiCaller> {
  const secret = BEARER.exec(authorization)?.[1];
  if (!secret) throw apiProblem('noKey', { detail: 'The `Authorization` header is not of the form `Bearer KEY`.' });
  const key = await storage.apiKeys.find(secret);
  if (!key) throw apiProblem('unknownKey');
  const end = apiKeyEnd(key, now());
  if (end) throw apiProblem(end === 'revoked' ? 'revokedKey' : 'expiredKey');
  const organization = await storage.organizations.get(key.organizationId);
  if (!organization) throw apiProblem('unknownKey');
  noteLogContext({ organizationId: key.organizationId });
  await storage.apiKeys.used(key, now());
  return {
    organization,
    by: `API key ${key.name}`,
    scopes: new Set(key.scopes),
    role: key.role,
    limitKey: `key:${key.keyId}`,
  };
}
