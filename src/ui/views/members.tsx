import { ROLES, type Role } from '../../domain/roles.ts';
import { NewPassword } from '../components/account-fields.tsx';
import { Badge } from '../components/badge.tsx';
import { PageHead, Time } from '../components/content.tsx';
import { Field, FormError, PostButton, PostForm, Select } from '../components/form.tsx';
import { Page } from '../components/layout.tsx';
import { TableHead } from '../components/table.tsx';
import { plural } from '../format.ts';
import { MEMBERS_PATH } from '../links.ts';
import type { MemberRow, MembersPageProps, Shell } from '../props.ts';

const ROLE_TEXT: Record<Role, { name: string; may: string }> = {
  member: { name: 'Member', may: 'sees insights' },
  manager: { name: 'Manager', may: 'also the log, records and export' },
  administrator: { name: 'Administrator', may: 'also settings and members' },
  operator: { name: 'Operator', may: 'runs the installation' },
};
/** An operator is granted apart from an organization. */
const CHOOSABLE = ROLES.filter((role) => role !== 'operator');

export function MembersPage({ shell, members, values, errors }: MembersPageProps) {
  return (
    <Page shell={shell} title="Members">
      <PageHead title="Members" lead={`${plural(members.length, 'person', 'people')} of ${shell.organizationName}`} />
      <div class="columns">
        <section class="card flush" aria-label="Members">
          <table class="stack">
            <caption class="visually-hidden">Members</caption>
            <TableHead columns={['Name', 'Role', 'Last signed in', { unseen: 'Actions' }]} />
            <tbody>
              {members.map((member) => (
                <MemberLine key={member.memberId} member={member} shell={shell} />
              ))}
            </tbody>
          </table>
        </section>
        <section class="card">
          <h2>Add a member</h2>
          <FormError errors={errors} />
          <PostForm action={MEMBERS_PATH} csrfToken={shell.csrfToken} class="form">
            <Field id="new-name" name="name" label="Name" value={values?.name ?? ''} required errors={errors} />
            <Field
              id="new-email"
              name="email"
              label="E-mail"
              type="email"
              value={values?.email ?? ''}
              required
              errors={errors}
            />
            <Select
              id="new-role"
              name="role"
              label="Role"
              value={values?.role ?? 'member'}
              options={CHOOSABLE.map((role) => ({
                value: role,
                text: `${ROLE_TEXT[role].name}: ${ROLE_TEXT[role].may}`,
              }))}
              errors={errors}
            />
            <NewPassword
              id="new-password"
              label="Initial password"
              help="At least 12 characters. Hand it over in person or by a channel you trust."
              errors={errors}
            />
            <button type="submit" class="button primary">
              Add member
            </button>
          </PostForm>
        </section>
      </div>
    </Page>
  );
}

function MemberLine({ member, shell }: { member: MemberRow; shell: Shell }) {
  const path = `${MEMBERS_PATH}/${encodeURIComponent(member.memberId)}`;
  const fixed = member.isSelf || member.role === 'operator';
  return (
    <tr>
      <td class="lead-cell">
        <span class="row-title">{member.name}</span> {member.isSelf && <Badge tone="blue">You</Badge>}
        <span class="sub block">{member.email}</span>
      </td>
      <td data-label="Role">
        {fixed ? (
          ROLE_TEXT[member.role].name
        ) : (
          <PostForm action={`${path}/role`} csrfToken={shell.csrfToken} class="inline-form">
            <Select
              id={`role-${member.memberId}`}
              name="role"
              label={`Role of ${member.name}`}
              hideLabel
              value={member.role}
              options={CHOOSABLE.map((role) => ({ value: role, text: ROLE_TEXT[role].name }))}
            />
            <button type="submit" class="button quiet">
              Change
            </button>
          </PostForm>
        )}
      </td>
      <td data-label="Last signed in" class="nowrap">
        {member.lastSignedInAt ? <Time at={member.lastSignedInAt} clock={shell} /> : <span class="sub">Never</span>}
      </td>
      <td class="row-actions">
        {!fixed && (
          <PostButton
            action={`${path}/remove`}
            csrfToken={shell.csrfToken}
            kind="danger"
            confirm={`Remove ${member.name}? They are signed out at once.`}
          >
            Remove
          </PostButton>
        )}
      </td>
    </tr>
  );
}
