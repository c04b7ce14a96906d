import { MOST_PER_MINUTE } from '../../../domain/retry-run.ts';
import { hasRole } from '../../../domain/roles.ts';
import type { SyncErrorCode } from '../../../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../../../domain/sync-error-text.ts';
import { awaitsDecision, SYNC_EVENT_NAMES, type SyncEvent, type SyncEventType } from '../../../domain/sync-event.ts';
import { EmptyState, PageHead, Time } from '../../components/content.tsx';
import { FormError, PostForm, Select } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { plural } from '../../format.ts';
import { conversationHref, customerHref, FAILURES_PATH, failureHref, logEventHref } from '../../links.ts';
import type { FieldErrors, Shell } from '../../props.ts';
import { causeText } from './failures.tsx';

/** GET /tools/integrations/failures/rows. Query: `code` and `type`, each of which may be missing. */
export interface FailedRowsPageProps {
  shell: Shell;
  cause: { code: SyncErrorCode | null; type: SyncEventType | null };
  /** The newest ones. */
  rows: readonly SyncEvent[];
  /** There are older ones that are not shown. */
  more: boolean;
  /** Of them; null when it is not known. */
  total: number | null;
  errors?: FieldErrors;
}

const RATES = [6, 30, 60, 120, 300, MOST_PER_MINUTE];

/** The rows of a cause: who may retries all of them, or those that are ticked. */
export function FailedRowsPage({ shell, cause, rows, more, total, errors }: FailedRowsPageProps) {
  const administrator = hasRole(shell.member.role, 'administrator');
  const count = total ?? rows.length;
  const head = (
    <PageHead
      title={cause.code ? SYNC_ERROR_TEXT[cause.code].message : 'Everything that failed'}
      lead={[cause.type && SYNC_EVENT_NAMES[cause.type], cause.code && SYNC_ERROR_TEXT[cause.code].remedy]
        .filter(Boolean)
        .join('. ')}
      back={{ href: FAILURES_PATH, text: 'Failed syncs' }}
    />
  );
  if (rows.length === 0) {
    return (
      <Page shell={shell} title={causeText(cause)}>
        {head}
        <div class="card all-well">
          <EmptyState icon="check" title="Nothing of this kind waits any more">
            <p>The rows were retried, dismissed, or never were.</p>
            <p class="empty-actions">
              <a class="button secondary" href={FAILURES_PATH}>
                Back to what failed
              </a>
            </p>
          </EmptyState>
        </div>
      </Page>
    );
  }
  return (
    <Page shell={shell} title={causeText(cause)}>
      {head}
      <FormError errors={errors} />
      {administrator ? (
        <PostForm action={`${FAILURES_PATH}/runs`} csrfToken={shell.csrfToken}>
          <input type="hidden" name="code" value={cause.code ?? ''} />
          <input type="hidden" name="type" value={cause.type ?? ''} />
          <Plan count={count} />
          <Rows rows={rows} more={more} count={count} shell={shell} choose />
        </PostForm>
      ) : (
        <>
          <p class="notice tone-blue">An administrator of your organization can retry or dismiss these.</p>
          <Rows rows={rows} more={more} count={count} shell={shell} />
        </>
      )}
    </Page>
  );
}

function Plan({ count }: { count: number }) {
  return (
    <section class="card plan" aria-labelledby="plan-heading">
      <h2 id="plan-heading">Retry {plural(count, 'row')}, or those you tick below</h2>
      <div class="plan-row">
        <Select
          id="plan-rate"
          name="perMinute"
          label="At most"
          value="60"
          options={RATES.map((rate) => ({ value: String(rate), text: `${rate} a minute` }))}
        />
        <label class="plan-canary" for="plan-canary">
          <input id="plan-canary" type="checkbox" name="canary" value="yes" checked />
          <span>
            <span class="choice-text">Try one first</span>
            <span class="sub block">The others follow only if it works, or if you say so.</span>
          </span>
        </label>
        <button type="submit" class="button primary">
          Preview the retry
        </button>
      </div>
      <p class="sub">Nothing is sent yet: the next page shows what each row would send, and waits for your go.</p>
    </section>
  );
}

interface RowsProps {
  rows: readonly SyncEvent[];
  more: boolean;
  count: number;
  shell: Shell;
  choose?: boolean;
}

function Rows({ rows, more, count, shell, choose = false }: RowsProps) {
  return (
    <section class="card flush" aria-labelledby="rows-heading">
      <div class="card-head">
        <h2 id="rows-heading">{more ? `The newest ${rows.length} of ${count}` : plural(rows.length, 'row')}</h2>
      </div>
      <table class="stack">
        <caption class="visually-hidden">Failed rows, newest first</caption>
        <thead>
          <tr>
            {choose && (
              <th scope="col">
                <span class="visually-hidden">Choose</span>
              </th>
            )}
            <th scope="col">Event</th>
            <th scope="col">Customer</th>
            <th scope="col">Conversation</th>
            <th scope="col">What failed</th>
            <th scope="col">When</th>
            <th scope="col">
              <span class="visually-hidden">Open</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.eventId}>
              {choose && (
                <td class="choose-cell">
                  {awaitsDecision(row) && (
                    <input
                      type="checkbox"
                      name="eventIds"
                      value={row.eventId}
                      aria-label={`Choose ${SYNC_EVENT_NAMES[row.type]} of ${row.customerEmail ?? 'an unknown customer'}`}
                    />
                  )}
                </td>
              )}
              <td class="lead-cell">
                <a class="row-title" href={logEventHref(row.eventId)}>
                  {SYNC_EVENT_NAMES[row.type]}
                </a>
              </td>
              <td data-label="Customer">
                {row.customerEmail ? (
                  <a class="ellipsis" href={customerHref(row.customerEmail)}>
                    {row.customerEmail}
                  </a>
                ) : (
                  <span class="sub">–</span>
                )}
              </td>
              <td data-label="Conversation">
                {row.conversationId === null ? (
                  <span class="sub">–</span>
                ) : (
                  <a href={conversationHref(row.conversationId)}>{row.conversationId}</a>
                )}
              </td>
              <td class="details-cell">{row.details || row.error?.message}</td>
              <td data-label="When" class="nowrap">
                <Time at={row.createdAt} clock={shell} />
                {row.attempts.length > 1 && <span class="sub block">{plural(row.attempts.length, 'attempt')}</span>}
              </td>
              <td class="row-actions">
                {choose && awaitsDecision(row) && <a href={failureHref(row.eventId)}>Correct or retry</a>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
