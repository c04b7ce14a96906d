import { EmptyCard, PageHead } from '../../components/content.tsx';
import { type Choice, Field, FormError, PostForm, Select } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { MailboxSelect } from '../../components/mailbox-select.tsx';
import { TextArea } from '../../components/text-area.tsx';
import { INTEGRATIONS_PATH, TICKETS_PATH, ticketHref } from '../../links.ts';
import type { FieldErrors, Shell } from '../../props.ts';

export interface TicketDraft {
  mailbox: string;
  customerEmail: string;
  customerName: string;
  subject: string;
  message: string;
  assigneeId: string;
  tags: string;
}

/** GET and POST /tickets/new. */
export interface NewTicketPageProps {
  shell: Shell;
  draft: TicketDraft;
  errors: FieldErrors;
  mailboxes: readonly Choice[];
  users: readonly Choice[];
  /** The submission that it was filled in from. */
  from: string | null;
  idempotencyKey: string;
}

export function NewTicketPage({ shell, draft, errors, mailboxes, users, from, idempotencyKey }: NewTicketPageProps) {
  return (
    <Page shell={shell} title="New ticket">
      <div class="narrow">
        <PageHead
          title="New ticket"
          lead="Creates a conversation in Help Scout, in the customer’s name."
          {...(from && { back: { href: ticketHref(from), text: 'The first one' } })}
        />
        {mailboxes.length === 0 ? (
          <EmptyCard
            icon="inbox"
            title="No mailbox to send to"
            action={{ href: INTEGRATIONS_PATH, text: 'To the integrations' }}
          >
            <p>An administrator connects Help Scout and chooses mailboxes under Settings &gt; Integrations.</p>
          </EmptyCard>
        ) : (
          <section class="card filled-in" aria-label="New ticket">
            {from && (
              <p class="notice tone-blue">
                <span>
                  Filled in from <a href={ticketHref(from)}>a ticket that was not created</a>. That one stays as it is:
                  dismiss it when this one is through, so that it is not sent too.
                </span>
              </p>
            )}
            <FormError errors={errors} />
            <PostForm action={`${TICKETS_PATH}/new`} csrfToken={shell.csrfToken} class="form">
              <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
              {from && <input type="hidden" name="from" value={from} />}
              <MailboxSelect id="ticket-mailbox" value={draft.mailbox} mailboxes={mailboxes} errors={errors} />
              <Field
                id="ticket-email"
                name="customerEmail"
                label="Customer’s e-mail address"
                type="email"
                value={draft.customerEmail}
                autocomplete="off"
                required
                errors={errors}
              />
              <Field
                id="ticket-name"
                name="customerName"
                label="Customer’s name"
                value={draft.customerName}
                autocomplete="off"
                errors={errors}
              />
              <Field
                id="ticket-subject"
                name="subject"
                label="Subject"
                value={draft.subject}
                required
                errors={errors}
              />
              <TextArea
                id="ticket-message"
                name="message"
                label="Message"
                value={draft.message}
                rows={8}
                required
                errors={errors}
              />
              <Select
                id="ticket-assignee"
                name="assigneeId"
                label="Assign to"
                value={draft.assigneeId}
                options={[{ value: '', text: 'Nobody' }, ...users]}
                errors={errors}
              />
              <Field
                id="ticket-tags"
                name="tags"
                label="Tags"
                value={draft.tags}
                help="Separate them by commas."
                autocomplete="off"
                errors={errors}
              />
              <button type="submit" class="button primary">
                Create ticket
              </button>
            </PostForm>
          </section>
        )}
      </div>
    </Page>
  );
}
