import { MOST_PER_MINUTE } from '../../../domain/retry-run.ts';
import { hasRole } from '../../../domain/roles.ts';
import type { SyncErrorCode } from '../../../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../../../domain/sync-error-text.ts';
import { SYNC_EVENT_NAMES, type SyncEvent, type SyncEventType } from '../../../domain/sync-event.ts';
import { EmptyState, PageHead } from '../../components/content.tsx';
import { FormError, PostForm, Select } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { plural } from '../../format.ts';
import { FAILURES_PATH } from '../../links.ts';
import type { FieldErrors, Shell } from '../../props.ts';
import { Rows } from './failed-rows-table.tsx';
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
          <EmptyState
            icon="check"
            title="Nothing of this kind waits any more"
            action={{ href: FAILURES_PATH, text: 'Back to what failed' }}
          >
            <p>The rows were retried, dismissed, or never were.</p>
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
