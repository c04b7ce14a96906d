import { CATEGORY_TEXT } from '../../domain/category.ts';
import { RECORD_KINDS, type RecordKind } from '../../domain/issue-record.ts';
import { CategoryBadge } from '../components/badges.tsx';
import { EmptyCard, PageHead, Time } from '../components/content.tsx';
import { Field, PostButton, PostForm } from '../components/form.tsx';
import { Page } from '../components/layout.tsx';
import { plural } from '../format.ts';
import { APPROVALS_PATH, conversationHref, patternHref, recordHref } from '../links.ts';
import type { RecordPageProps, Shell } from '../props.ts';

export interface WaitingProposal {
  patternId: string;
  kind: RecordKind;
  title: string;
  customers: number;
  conversations: number;
  proposedAt: Date;
  quotes: RecordPageProps['quotes'];
}

export interface DecidedProposal {
  patternId: string;
  kind: RecordKind;
  title: string;
  isApproved: boolean;
  decidedAt: Date | null;
  decidedBy: string | null;
  reason: string | null;
  number: number | null;
  recordKind: RecordKind;
}

/** GET /insights/approvals. */
export interface ApprovalsPageProps {
  shell: Shell;
  /** First proposed first, at most 100. */
  waiting: readonly WaitingProposal[];
  total: number;
  /** The latest first. */
  decided: readonly DecidedProposal[];
  mode: 'automatic' | 'approval';
}

/** The inbox of bug reports and feature requests that wait for a person's word. */
export function ApprovalsPage({ shell, waiting, total, decided, mode }: ApprovalsPageProps) {
  return (
    <Page shell={shell} title="Approvals">
      <PageHead title="Approvals" lead="Bug reports and feature requests that wait for your word." />
      {waiting.length === 0 ? (
        <EmptyCard icon="check" title="Nothing waits">
          <p>
            {mode === 'approval'
              ? 'A pattern comes here as soon as a second customer has written about it.'
              : 'Bug reports and feature requests are made by themselves. An administrator can have them put to you first, in the insight settings.'}
          </p>
        </EmptyCard>
      ) : (
        waiting.map((proposal) => <Proposal key={proposal.patternId} shell={shell} proposal={proposal} />)
      )}
      {total > waiting.length && <p class="sub">{plural(total - waiting.length, 'more', 'more')} after these.</p>}
      {decided.length > 0 && <Decided shell={shell} decided={decided} />}
    </Page>
  );
}

function Proposal({ shell, proposal }: { shell: Shell; proposal: WaitingProposal }) {
  const { patternId, kind, title, customers, conversations, proposedAt, quotes } = proposal;
  const path = `${APPROVALS_PATH}/${encodeURIComponent(patternId)}`;
  const other = RECORD_KINDS.find((one) => one !== kind) ?? kind;
  const as = (one: RecordKind) => CATEGORY_TEXT[one].one.toLowerCase();
  return (
    <article class="card" aria-label={title}>
      <h2>
        <a href={patternHref(patternId)}>{title}</a>
      </h2>
      <p class="sub dots">
        <CategoryBadge category={kind} />
        <span>{plural(customers, 'customer')}</span>
        <span>{plural(conversations, 'conversation')}</span>
        <Time at={proposedAt} clock={shell} />
      </p>
      <ul class="quotes">
        {quotes.map((quote) => (
          <li key={quote.conversationId}>
            <blockquote>{quote.quote}</blockquote>
            <p class="sub dots">
              <span>{quote.customer.name || quote.customer.email || 'Unknown customer'}</span>
              <a href={conversationHref(quote.conversationId)}>#{quote.number}</a>
            </p>
          </li>
        ))}
      </ul>
      <div class="form-rows">
        <PostButton action={`${path}/approve`} csrfToken={shell.csrfToken} kind="primary">
          {`Approve ${as(kind)}`}
        </PostButton>
        <PostButton action={`${path}/approve`} csrfToken={shell.csrfToken} fields={{ kind: other }}>
          {`Approve as ${as(other)}`}
        </PostButton>
      </div>
      <PostForm action={`${path}/reject`} csrfToken={shell.csrfToken} class="form-rows">
        <Field id={`reason-${patternId}`} name="reason" label="Reason to reject" maxLength={500} required />
        <button type="submit" class="button quiet">
          Reject
        </button>
      </PostForm>
    </article>
  );
}

function Decided({ shell, decided }: Pick<ApprovalsPageProps, 'shell' | 'decided'>) {
  return (
    <section class="card" aria-labelledby="decided-heading">
      <h2 id="decided-heading">Decided lately</h2>
      <ul class="record-talk">
        {decided.map(({ patternId, title, isApproved, decidedAt, decidedBy, reason, number, recordKind }) => (
          <li key={patternId}>
            <p>
              {isApproved ? 'Approved: ' : 'Rejected: '}
              <a href={number === null ? patternHref(patternId) : recordHref({ kind: recordKind, number })}>{title}</a>
              {reason && ` (${reason})`}
            </p>
            <p class="sub dots">
              <span>{decidedBy}</span>
              {decidedAt && <Time at={decidedAt} clock={shell} exact />}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
