import { z } from 'zod';
import { apiKeyEnd } from '../../../domain/api-key.ts';
import { hasRole, type Role } from '../../../domain/roles.ts';
import { hashPassword } from '../../../security/passwords.ts';
import { may, roleFor } from '../../../security/permissions.ts';
import type { Member } from '../../../storage/members.ts';
import type { Storage } from '../../../storage/storage.ts';
import { MembersPage } from '../../../ui/index.ts';
import type { Deps } from '../../deps.ts';
import { type MemberVisit, memberEndpoint } from '../../endpoint.ts';
import { notFound, roleTooLow } from '../../errors.ts';
import { emailField, nameField, newPasswordField } from '../../forms.ts';
import { idParam } from '../../readers/query-values.ts';
import { page, redirect } from '../../reply.ts';

const path = '/settings/members';
const access = roleFor('manageMembers');
/** Operators are granted apart from an organization, so nobody gives that role here. */
const roleField = z.enum(['member', 'manager', 'administrator'], 'Choose a role.');

type Visit = Pick<MemberVisit<unknown, unknown>, 'organizationId' | 'member' | 'shell'>;

async function membersPage(
  storage: Storage,
  { organizationId, member: self, shell }: Visit,
  refused?: { errors: Record<string, string | undefined>; values: { name: string; email: string; role: string } },
) {
  const members = (await storage.members.list(organizationId)).map(
    ({ memberId, name, email, role, createdAt, lastSignedInAt }) => ({
      memberId,
      name,
      email,
      role,
      createdAt,
      lastSignedInAt,
      isSelf: memberId === self.memberId,
    }),
  );
  return page(MembersPage({ shell: await shell(), members, ...refused }), refused ? 422 : 200);
}

export const showMembers = memberEndpoint({
  method: 'get',
  path,
  access,
  handler:
    ({ storage }) =>
    (visit) =>
      membersPage(storage, visit),
});

export const addMember = memberEndpoint({
  method: 'post',
  path,
  access,
  body: z.object({
    name: nameField('the person’s name'),
    email: emailField,
    role: roleField,
    password: newPasswordField,
  }),
  handler: (deps) => async (visit) => {
    const { storage } = deps;
    const { password, ...values } = visit.body;
    const added = await storage.members.create(visit.organizationId, {
      ...values,
      passwordHash: await hashPassword(password),
    });
    if (!added) return membersPage(storage, visit, { values, errors: { email: 'This address is taken.' } });
    await audit(deps, visit, 'added member', added, added.role);
    return redirect(path, { kind: 'success', text: `${added.name} can sign in now, as ${added.email}.` });
  },
  refused:
    ({ storage }) =>
    (visit) => {
      const { name = '', email = '', role = '' } = visit.sent;
      return membersPage(storage, visit, { values: { name, email, role }, errors: visit.errors });
    },
});

/** Changes of members are in the audit trail, by the address of who made them. */
const audit = (
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  { organizationId, member }: Pick<Visit, 'organizationId' | 'member'>,
  action: string,
  { memberId, email }: Pick<Member, 'memberId' | 'email'>,
  role: Role,
) =>
  storage.auditTrail.record(organizationId, {
    ...{ at: now(), by: member.email, action, target: memberId },
    details: `${email}, ${role}`,
  });

/** Keys belong to the organization and outlive who made them, who may still have them: that is for people to decide. */
async function keysLeft({ storage, now }: Pick<Deps, 'storage' | 'now'>, organizationId: string, email: string) {
  const at = now();
  const keys = (await storage.apiKeys.list(organizationId)).filter(
    (key) => key.createdBy === email && apiKeyEnd(key, at) === null,
  );
  if (keys.length === 0) return '';
  const names = keys.map(({ name }) => `“${name}”`).join(', ');
  return ` API keys of theirs still work: ${names}. Revoke them under Settings > API keys unless they are needed.`;
}

/** The member to change: one of the organization, not oneself, and nobody of a higher role. */
async function changeable(
  storage: Storage,
  organizationId: string,
  self: { memberId: string; role: Role },
  id: string,
) {
  const found = await storage.members.get(organizationId, id);
  if (!found) throw notFound();
  if (found.memberId === self.memberId || !hasRole(self.role, found.role)) throw roleTooLow();
  return found;
}

export const changeRole = memberEndpoint({
  method: 'post',
  path: `${path}/:memberId/role`,
  access,
  params: z.object({ memberId: idParam }),
  body: z.object({ role: roleField }),
  handler: (deps) => async (visit) => {
    const { organizationId, member: self, params, body } = visit;
    const { storage } = deps;
    const found = await changeable(storage, organizationId, self, params.memberId);
    await storage.members.setRole(organizationId, found.memberId, body.role);
    await audit(deps, visit, 'changed role of member', found, body.role);
    const left = may(body.role, 'manageApiKeys') ? '' : await keysLeft(deps, organizationId, found.email);
    return redirect(path, { kind: 'success', text: `${found.name} is now ${body.role}.${left}` });
  },
});

export const removeMember = memberEndpoint({
  method: 'post',
  path: `${path}/:memberId/remove`,
  access,
  params: z.object({ memberId: idParam }),
  handler: (deps) => async (visit) => {
    const { organizationId, member: self, params } = visit;
    const { storage } = deps;
    const found = await changeable(storage, organizationId, self, params.memberId);
    await storage.members.remove(organizationId, found.memberId);
    await audit(deps, visit, 'removed member', found, found.role);
    const left = await keysLeft(deps, organizationId, found.email);
    return redirect(path, { kind: 'success', text: `${found.name} can no longer sign in.${left}` });
  },
});
