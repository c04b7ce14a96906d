import type { ContactForm } from '../../../domain/contact-form.ts';
import { Badge } from '../../components/badge.tsx';
import { ConfirmForm } from '../../components/confirm-form.tsx';
import { EmptyCard, PageHead, Time } from '../../components/content.tsx';
import { PostButton } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { NumberCell, TableHead } from '../../components/table.tsx';
import { plural } from '../../format.ts';
import { FORMS_PATH, formHref } from '../../links.ts';
import type { Shell } from '../../props.ts';

export interface FormRow extends Pick<ContactForm, 'formId' | 'name' | 'enabled'> {
  mailboxName: string;
  /** Submissions of the last 7 days. */
  recent: number;
  lastAt: Date | null;
}

/** GET /settings/forms. */
export interface FormsPageProps {
  shell: Shell;
  rows: readonly FormRow[];
}

const NEW_PATH = `${FORMS_PATH}/new`;

export function FormsPage({ shell, rows }: FormsPageProps) {
  return (
    <Page shell={shell} title="Contact forms">
      <PageHead
        title="Contact forms"
        lead="Forms for your website; each message becomes a ticket in Help Scout."
        actions={
          rows.length > 0 && (
            <a class="button primary" href={NEW_PATH}>
              New form
            </a>
          )
        }
      />
      {rows.length === 0 ? (
        <EmptyCard
          icon="inbox"
          title="There is no contact form yet"
          action={{ href: NEW_PATH, text: 'New form', kind: 'primary' }}
        >
          <p>Create one, put it on your website, and each message becomes a ticket.</p>
        </EmptyCard>
      ) : (
        <section class="card flush" aria-label="Contact forms">
          <table class="stack">
            <caption class="visually-hidden">Contact forms</caption>
            <TableHead
              columns={['Form', 'Mailbox', 'State', { number: 'Last 7 days' }, 'Last message', { unseen: 'Actions' }]}
            />
            <tbody>
              {rows.map((row) => (
                <FormLine key={row.formId} row={row} shell={shell} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Page>
  );
}

function FormLine({ row, shell }: { row: FormRow; shell: Shell }) {
  return (
    <tr>
      <td class="lead-cell">
        <a class="row-title" href={formHref(row.formId)}>
          {row.name}
        </a>
      </td>
      <td data-label="Mailbox">{row.mailboxName}</td>
      <td>
        {row.enabled ? (
          <Badge tone="green" icon="check">
            On
          </Badge>
        ) : (
          <Badge tone="neutral" icon="skip">
            Off
          </Badge>
        )}
      </td>
      <NumberCell label="Last 7 days">{row.recent}</NumberCell>
      <td class="nowrap" data-label="Last message">
        {row.lastAt ? <Time at={row.lastAt} clock={shell} /> : 'None yet'}
      </td>
      <td class="row-actions">
        <PostButton
          action={`${formHref(row.formId)}/switch`}
          csrfToken={shell.csrfToken}
          kind="quiet"
          fields={{ enabled: row.enabled ? 'no' : 'yes' }}
          label={`Switch ${row.enabled ? 'off' : 'on'}: ${row.name}`}
        >
          {row.enabled ? 'Switch off' : 'Switch on'}
        </PostButton>
      </td>
    </tr>
  );
}

/** GET /settings/forms/:formId/delete. */
export interface DeleteFormPageProps {
  shell: Shell;
  form: Pick<ContactForm, 'formId' | 'name'>;
  submissions: number;
}

export function DeleteFormPage({ shell, form, submissions }: DeleteFormPageProps) {
  const path = formHref(form.formId);
  return (
    <Page shell={shell} title="Delete contact form">
      <div class="narrow">
        <PageHead
          back={{ href: path, text: form.name }}
          title={`Delete ${form.name}?`}
          lead="Websites that show the form will say that it is gone. This cannot be undone; switching it off can."
        />
        <section class="card">
          <h2>What stays</h2>
          <ul class="plain-list">
            <li>{plural(submissions, 'message')} that came through it, with the tickets and the rows of the log</li>
          </ul>
          <ConfirmForm
            action={`${path}/delete`}
            csrfToken={shell.csrfToken}
            text="Delete form"
            keep={{ href: path, text: 'Keep it' }}
          />
        </section>
      </div>
    </Page>
  );
}
