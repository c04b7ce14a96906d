import type { CustomerRecord } from '../../../domain/customer-record.ts';
import { hasRole } from '../../../domain/roles.ts';
import type { Submission } from '../../../domain/submission.ts';
import { SYNC_ERROR_TEXT } from '../../../domain/sync-error-text.ts';
import type { SyncEvent } from '../../../domain/sync-event.ts';
import { ExternalLink, PageHead } from '../../components/content.tsx';
import { PostButton } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { CUSTOMERS_PATH, customerHref } from '../../links.ts';
import type { InsightRow, Shell } from '../../props.ts';
import { Conversations, Emails, Fields, Log, Tickets } from './customer-sections.tsx';

/** GET /customers/:email. Every list has its newest ones. */
export interface CustomerPageProps {
  shell: Shell;
  email: string;
  /** Null for somebody who only wrote. */
  record: CustomerRecord | null;
  helpScoutUrl: string | null;
  insights: readonly InsightRow[];
  /** Those that have no insight yet. */
  conversations: readonly {
    conversationId: number;
    number: number;
    subject: string;
    status: string;
    createdAt: Date;
  }[];
  tickets: readonly Submission[];
  emails: readonly { emailId: string; subject: string; status: 'sent' | 'failed'; error: string; at: Date }[];
  log: readonly SyncEvent[];
}

export function CustomerPage(props: CustomerPageProps) {
  const { shell, email, record, helpScoutUrl } = props;
  const name = [record?.fields.firstName, record?.fields.lastName].filter(Boolean).join(' ');
  const maySync = record !== null && hasRole(shell.member.role, 'administrator');
  return (
    <Page shell={shell} title={name || email}>
      <PageHead
        back={{ href: CUSTOMERS_PATH, text: 'Customers' }}
        title={name || email}
        lead={name ? email : undefined}
        actions={
          <>
            {helpScoutUrl && (
              <ExternalLink href={helpScoutUrl} class="button secondary">
                Help Scout
              </ExternalLink>
            )}
            {maySync && (
              <PostButton action={`${customerHref(email)}/sync`} csrfToken={shell.csrfToken} kind="primary">
                Sync now
              </PostButton>
            )}
          </>
        }
      />
      {record?.state === 'failed' && record.problem && (
        <p class="notice tone-red">
          <span>
            <strong>{SYNC_ERROR_TEXT[record.problem.code].message}</strong>{' '}
            {SYNC_ERROR_TEXT[record.problem.code].remedy} <code>{record.problem.code}</code>
          </span>
        </p>
      )}
      <div class="columns customer-columns">
        <div>
          <Conversations {...props} />
          <Tickets {...props} />
          <Log {...props} />
        </div>
        <div>
          <Fields {...props} />
          <Emails {...props} />
        </div>
      </div>
    </Page>
  );
}
