import { z } from 'zod';
import { hasRole, type Role } from '../../../domain/roles.ts';
import { hashPassword } from '../../../security/passwords.ts';
import { roleFor } from '../../../security/permissions.ts';
import type { Storage } from '../../../storage/storage.ts';
import { MembersPage } from '../../../ui/index.ts';
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
  handler:
    ({ storage }) =>
    async (visit) => {
      const { password, ...values } = visit.body;
      const added = await storage.members.create(visit.organizationId, {
        ...values,
        passwordHash: await hashPassword(password),
      });
      if (!added) return membersPage(storage, visit, { values, errors: { email: 'This address is taken.' } });
      return redirect(path, { kind: 'success', text: `${added.name} can sign in now, as ${added.email}.` });
    },
  refused:
    ({ storage }) =>
    (visit) => {
      const { name = '', email = '', role = '' } = visit.sent;
      return membersPage(storage, visit, { values: { name, email, role }, errors: visit.errors });
    },
});

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
  handler:
    ({ storage }) =>
    async ({ organizationId, member: self, params, body }) => {
      const { memberId, name } = await changeable(storage, organizationId, self, params.memberId);
      await storage.members.setRole(organizationId, memberId, body.role);
      return redirect(path, { kind: 'success', text: `${name} is now ${body.role}.` });
    },
});

export const removeMember = memberEndpoint({
  method: 'post',
  path: `${path}/:memberId/remove`,
  access,
  params: z.object({ memberId: idParam }),
  handler:
    ({ storage }) =>
    async ({ organizationId, member: self, params }) => {
      const { memberId, name } = await changeable(storage, organizationId, self, params.memberId);
      await storage.members.remove(organizationId, memberId);
      return redirect(path, { kind: 'success', text: `${name} can no longer sign in.` });
    },
});
