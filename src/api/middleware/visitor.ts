import type { Request, RequestHandler } from 'express';
import type { Member } from '../../storage/members.ts';
import type { Organization } from '../../storage/organizations.ts';
import type { Storage } from '../../storage/storage.ts';
import { noteLogContext } from '../../telemetry/log-context.ts';
import { endSession } from './session.ts';

interface Visitor {
  member: Member;
  organization: Organization;
}

/** Who is signed in, by request: a weak map instead of fields that any middleware could overwrite. */
const visitors = new WeakMap<Request, Visitor>();

export const visitorOf = (req: Request): Visitor | undefined => visitors.get(req);

/** The visitor of a request that `requireSignIn` let pass. */
export function signedInVisitor(req: Request): Visitor {
  const visitor = visitors.get(req);
  if (!visitor) throw new Error('This request has no visitor: its endpoint is registered without requireSignIn.');
  return visitor;
}

/** Looks up who is signed in, on each request: a removed member is out at once, a new role counts at once. */
export function recognizeVisitor({ storage }: { storage: Storage }): RequestHandler {
  return async (req, _res, next) => {
    const { organizationId, memberId } = req.session;
    if (organizationId && memberId) {
      const [member, organization] = await Promise.all([
        storage.members.get(organizationId, memberId),
        storage.organizations.get(organizationId),
      ]);
      if (member && organization) {
        visitors.set(req, { member, organization });
        noteLogContext({ organizationId });
      } else await endSession(req);
    }
    next();
  };
}

/** Sends people who are not signed in to the sign-in page, and back afterwards. */
export const requireSignIn: RequestHandler = (req, res, next) => {
  if (visitors.has(req)) return next();
  const target =
    req.method === 'GET' && !isCallback(req) ? `/sign-in?next=${encodeURIComponent(req.originalUrl)}` : '/sign-in';
  // htmx follows this header with a whole page; a redirect would put the sign-in form into the fragment's place.
  if (req.get('HX-Request'))
    res
      .status(401)
      .set('HX-Redirect', signInFor(req.get('HX-Current-URL')))
      .end();
  else res.redirect(303, target);
};

/** The sign-in page that leads back to the page a fragment was asked for, whose own address shows no page. */
function signInFor(page: string | undefined): string {
  const { pathname, search } = new URL(page && URL.canParse(page) ? page : 'http://here.invalid/');
  return pathname === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(pathname + search)}`;
}

/** An OAuth callback's address holds a code, which must not travel on in another address. */
const isCallback = (req: Request) => req.path.startsWith('/oauth/');
