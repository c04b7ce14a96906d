import { plainEmail } from '../../domain/email.ts';
import { type Role, roleSchema } from '../../domain/roles.ts';
import { may } from '../../security/permissions.ts';
import type { Storage } from '../../storage/storage.ts';

/** Who stands in the audit trail: nobody of the organization. */
const BY = 'member:role';

/**
 * Gives a member a role, `operator` too, which the pages do not grant.
 * @returns what was done, or why nothing was
 */
export async function grantRole(
  { members, auditTrail }: Pick<Storage, 'members' | 'auditTrail'>,
  email: string,
  wanted: string,
): Promise<{ done: boolean; text: string }> {
  const role = roleSchema.safeParse(wanted);
  if (!role.success) return { done: false, text: `There is no role “${wanted}”: ${roleSchema.options.join(', ')}.` };
  const member = await members.credentials(email);
  if (!member) return { done: false, text: `Nobody signs in as ${plainEmail(email)}.` };
  const { organizationId, memberId } = member;
  if (!(await keepsAdministrator(members, organizationId, memberId, role.data))) {
    return {
      done: false,
      text: `${member.email} is the last who may manage the organization: make another one first.`,
    };
  }
  await members.setRole(organizationId, memberId, role.data);
  await auditTrail.record(organizationId, {
    ...{ at: new Date(), by: BY, action: 'changed role of member', target: memberId },
    details: `${member.email}, ${role.data}`,
  });
  return { done: true, text: `${member.email} is now ${role.data} (was ${member.role}).` };
}

/** Whether somebody who may manage members is left, who can then give roles on the pages. */
async function keepsAdministrator(members: Storage['members'], organizationId: string, memberId: string, role: Role) {
  const others = (await members.list(organizationId)).filter((other) => other.memberId !== memberId);
  return [role, ...others.map((other) => other.role)].some((one) => may(one, 'manageMembers'));
}
