import type { IssueRecord } from '../../domain/issue-record.ts';
import { MESSAGE_KIND_TEXT, type MessageKind, messageMarker } from '../../domain/record-message.ts';
import { EmptyCard, PageHead } from '../components/content.tsx';
import { PostForm } from '../components/form.tsx';
import { Page } from '../components/layout.tsx';
import { TextArea } from '../components/text-area.tsx';
import { plural } from '../format.ts';
import { recordCustomersHref } from '../links.ts';
import type { Shell } from '../props.ts';

interface PreparedMessage {
  conversationId: number;
  number: number;
  subject: string;
  customer: { name: string | null; email: string | null };
  text: string;
  error?: string;
}

/** GET .../customers/preview, and POST .../customers/messages when a text does not fit. */
export interface RecordMessagesPageProps {
  shell: Shell;
  record: IssueRecord;
  kind: MessageKind;
  messages: readonly PreparedMessage[];
}

/** What each chosen conversation would be told, to be read and changed; only its button sends. */
export function RecordMessagesPage({ shell, record, kind, messages }: RecordMessagesPageProps) {
  const what = MESSAGE_KIND_TEXT[kind].toLowerCase();
  const many = plural(messages.length, what, kind === 'note' ? 'private notes' : 'draft replies');
  return (
    <Page shell={shell} title="Preview">
      <PageHead
        back={{ href: recordCustomersHref(record), text: 'Customers who asked' }}
        title={messages.length === 0 ? 'Nothing to send' : many}
        lead={`About #${record.number} ${record.title}. Nothing is sent yet.`}
      />
      {messages.length === 0 ? (
        <EmptyCard
          icon="inbox"
          title="Nothing is chosen that is left to tell"
          action={{ href: recordCustomersHref(record), text: 'Choose again' }}
        >
          <p>Each conversation gets one {what} about a record. Choose others, or the other kind.</p>
        </EmptyCard>
      ) : (
        <PostForm action={`${recordCustomersHref(record)}/messages`} csrfToken={shell.csrfToken}>
          <input type="hidden" name="message" value={kind} />
          {messages.map(({ conversationId, number, subject, customer, text, error }) => (
            <section key={conversationId} class="card">
              <input type="hidden" name="conversation" value={conversationId} />
              <TextArea
                id={`text-${conversationId}`}
                name={`text-${conversationId}`}
                label={`#${number} ${subject}, ${customer.name || customer.email || 'unknown customer'}`}
                value={text}
                rows={kind === 'note' ? 3 : 8}
                help={`A last line “Reference: ${messageMarker(record)}” is added, by which it is found again.`}
                required
                {...(error && { errors: { [`text-${conversationId}`]: error } })}
              />
            </section>
          ))}
          <button type="submit" class="button primary">
            {kind === 'note' ? `Add ${many}` : `Save ${many}`}
          </button>
        </PostForm>
      )}
    </Page>
  );
}
