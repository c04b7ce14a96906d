import type { Request } from 'express';
import { may } from '../security/permissions.ts';
import type { Banner, PublicShell, Shell } from '../ui/props.ts';
import type { Deps } from './deps.ts';
import { csrfToken } from './middleware/csrf.ts';
import { signedInVisitor } from './middleware/visitor.ts';

/** What pages before sign-in need. */
export function publicShell({ config }: Pick<Deps, 'config'>, req: Request): PublicShell {
  const flash = takeFlash(req);
  return { csrfToken: csrfToken(req), sandboxUrl: config.sandboxUrl, ...(flash && { flash }) };
}

/** What pages of signed-in people need. With `flash` the notice of the last action is taken, to be shown once. */
export async function memberShell(
  deps: Pick<Deps, 'config' | 'storage' | 'now' | 'classifierIdentity'>,
  req: Request,
  options: { flash: boolean },
): Promise<Shell> {
  const { organization, member } = signedInVisitor(req);
  const { organizationId } = organization;
  const [banner, notifications] = await Promise.all([
    bannerOf(deps, organizationId),
    may(member.role, 'seeLog') ? deps.storage.notifications.unreadCount(organizationId, member.memberId) : undefined,
  ]);
  const flash = options.flash ? takeFlash(req) : undefined;
  return {
    organizationName: organization.name,
    member: { name: member.name, email: member.email, role: member.role },
    csrfToken: csrfToken(req),
    path: req.path,
    sandboxUrl: deps.config.sandboxUrl,
    classifier: deps.classifierIdentity,
    timeZone: organization.timeZone,
    now: deps.now(),
    ...(notifications !== undefined && { notifications }),
    ...(banner && { banner }),
    ...(flash && { flash }),
  };
}

function takeFlash(req: Request) {
  const { flash } = req.session;
  delete req.session.flash;
  return flash;
}

async function bannerOf({ storage }: Pick<Deps, 'storage'>, organizationId: string): Promise<Banner | undefined> {
  const integrations = await storage.integrations.list(organizationId);
  const refused = integrations.find(({ state }) => state === 'needsReauthorization');
  if (!refused) return undefined;
  return {
    kind: 'error',
    text: 'Help Scout no longer accepts our access. Work waits and nothing is lost until an administrator reconnects.',
    actionHref: `/settings/integrations/${refused.integrationId}`,
    actionText: 'Reconnect',
  };
}
