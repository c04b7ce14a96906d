import type { ContactForm } from '../../../domain/contact-form.ts';
import { Badge } from '../../components/badges.tsx';
import { EmptyState, PageHead, Time } from '../../components/content.tsx';
import { PostButton, PostForm } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { formatCount, plural } from '../../format.ts';
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
        <div class="card">
          <EmptyState icon="inbox" title="There is no contact form yet">
            <p>Create one, put it on your website, and each message becomes a ticket.</p>
            <p class="empty-actions">
              <a class="button primary" href={NEW_PATH}>
                New form
              </a>
            </p>
          </EmptyState>
        </div>
      ) : (
        <section class="card flush" aria-label="Contact forms">
          <table class="stack">
            <caption class="visually-hidden">Contact forms</caption>
            <thead>
              <tr>
                <th scope="col">Form</th>
                <th scope="col">Mailbox</th>
                <th scope="col">State</th>
                <th scope="col" class="number">
                  Last 7 days
                </th>
                <th scope="col">Last message</th>
                <th scope="col">
                  <span class="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
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
      <td class="number" data-label="Last 7 days">
        {formatCount(row.recent)}
      </td>
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
          <PostForm action={`${path}/delete`} csrfToken={shell.csrfToken} class="button-row">
            <button type="submit" class="button danger solid">
              Delete form
            </button>
            <a class="button secondary" href={path}>
              Keep it
            </a>
          </PostForm>
        </section>
      </div>
    </Page>
  );
}
