import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response, Router } from 'express';
import { z } from 'zod';
import { hasRole } from '../domain/roles.ts';
import { scopeOf } from '../domain/scope-of.ts';
import { noteLogContext } from '../telemetry/log-context.ts';
import { renderFragment, renderPage } from '../ui/index.ts';
import type { FieldErrors } from '../ui/props.ts';
import type { Deps } from './deps.ts';
import type { PageEndpoint } from './endpoint.ts';
import { badRequest, notFound, roleTooLow } from './errors.ts';
import { signedInVisitor } from './middleware/visitor.ts';
import type { Reply } from './reply.ts';
import { memberShell, publicShell } from './shells.ts';

/** Puts one endpoint on the router: who may call, what the values must be, and how its reply is written. */
export function register(router: Router, endpoint: PageEndpoint, deps: Deps, before: readonly RequestHandler[]): void {
  const { run } = endpoint;
  if (run.kind === 'public') {
    const handler = run.handler(deps);
    const refused = run.refused?.(deps);
    router[endpoint.method](endpoint.path, ...before, async (req, res) => {
      const shell = () => publicShell(deps, req);
      const values = parseValues(endpoint, req);
      const body = parseBody(endpoint, req.body);
      if (body.fits) return await send(req, res, await handler({ ...values, body: body.value as never, req, shell }));
      if (!refused) throw badRequest();
      await send(req, res, await refused({ ...values, errors: body.errors, sent: sentTexts(req.body), req, shell }));
    });
    return;
  }
  const handler = run.handler(deps);
  const refused = run.refused?.(deps);
  router[endpoint.method](endpoint.path, ...before, async (req, res) => {
    const { organization, member } = signedInVisitor(req);
    if (!hasRole(member.role, run.role)) throw roleTooLow(run.role);
    const person = {
      organizationId: organization.organizationId,
      organization,
      member,
      shell: () => memberShell(deps, req, { flash: true }),
      quietShell: () => memberShell(deps, req, { flash: false }),
    };
    const values = { ...parseValues(endpoint, req), req, ...person };
    // The address names one of the member's connections; a foreign one finds nothing and shows up as what was tried.
    noteLogContext({ ...scopeOf([req.params]), organizationId: organization.organizationId });
    const body = parseBody(endpoint, req.body);
    if (body.fits) return await send(req, res, await handler({ ...values, body: body.value as never }));
    if (!refused) throw badRequest();
    await send(req, res, await refused({ ...values, errors: body.errors, sent: sentTexts(req.body) }));
  });
}

/** The schemas belong to the handler (endpoint.ts ties them together), so what they return is what it expects. */
function parseValues(endpoint: PageEndpoint, req: { params: unknown; query: unknown }) {
  const params = endpoint.params?.safeParse(req.params);
  if (params && !params.success) throw notFound();
  const query = endpoint.query?.safeParse(req.query);
  if (query && !query.success) throw badRequest();
  return { params: params?.data as never, query: query?.data as never };
}

function parseBody(
  endpoint: PageEndpoint,
  body: unknown,
): { fits: true; value: unknown } | { fits: false; errors: FieldErrors } {
  if (!endpoint.body) return { fits: true, value: undefined };
  const parsed = endpoint.body.safeParse(body ?? {});
  if (parsed.success) return { fits: true, value: parsed.data };
  const errors: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) errors[String(path[0] ?? 'form')] ??= message;
  return { fits: false, errors };
}

const textsSchema = z.record(z.string(), z.unknown()).catch({});

/** The texts of a form, to show it again; a password is never among them. */
function sentTexts(body: unknown): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(textsSchema.parse(body))) {
    if (typeof value === 'string' && !['password', 'apiKey', '_csrf'].includes(name)) texts[name] = value;
  }
  return texts;
}

/** Writes a reply to the response. */
export async function send(req: Request, res: Response, reply: Reply): Promise<void> {
  if ('headers' in reply && reply.headers) res.set(reply.headers);
  switch (reply.kind) {
    case 'page':
      res.status(reply.status).type('html').send(renderPage(reply.view));
      return;
    case 'fragment':
      res.type('html').send(renderFragment(reply.view));
      return;
    case 'redirect':
      if (reply.flash) req.session.flash = reply.flash;
      // The session is saved first: the browser is quicker than the database.
      if (req.session) req.session.save((error) => (error ? req.next?.(error) : res.redirect(303, reply.to)));
      else res.redirect(303, reply.to);
      return;
    case 'json':
      res.status(reply.status).json(reply.body);
      return;
    case 'empty':
      res.status(reply.status).end();
      return;
    case 'text':
      res.send(reply.body);
      return;
    case 'stream':
      await pipeline(reply.chunks, res).catch((error: unknown) => {
        // Who goes away in the middle is no failure of ours.
        if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error;
      });
  }
}
