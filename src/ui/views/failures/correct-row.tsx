import { SYNC_EVENT_NAMES, type SyncEvent } from '../../../domain/sync-event.ts';
import { SyncStatusBadge } from '../../components/badges.tsx';
import { PageHead, Time } from '../../components/content.tsx';
import { Fact } from '../../components/fact.tsx';
import { Field, FormError, PostButton, PostForm } from '../../components/form.tsx';
import { Icon } from '../../components/icon.tsx';
import { Page } from '../../components/layout.tsx';
import { TextArea } from '../../components/text-area.tsx';
import { customerHref, FAILURES_PATH, failureHref, LOG_PATH, logEventHref } from '../../links.ts';
import type { FieldErrors, Shell } from '../../props.ts';

/** A value that can be corrected. */
export interface CorrectableField {
  name: string;
  label: string;
  value: string;
  /** Long texts have several lines. */
  long: boolean;
}

/** GET and POST /tools/integrations/failures/:eventId/edit. Fields: by the names of `fields`. */
export interface CorrectRowPageProps {
  shell: Shell;
  row: SyncEvent;
  /** What the row is about, for people: `Ticket “Export fails”`. */
  what: string;
  /** Whether a person can have it tried again now. */
  waits: boolean;
  /** It was held back as a suspected duplicate. */
  held: boolean;
  /** Its workflow was found to have ended. */
  orphaned: boolean;
  /** Empty where nothing can be corrected here. */
  fields: readonly CorrectableField[];
  /** Oldest first. */
  edits: readonly { at: Date; by: string; field: string; before: string; after: string }[];
  errors?: FieldErrors;
}

export function CorrectRowPage(props: CorrectRowPageProps) {
  const { shell, row, what, waits, held, orphaned, fields, edits, errors } = props;
  return (
    <Page shell={shell} title={held ? 'Send or dismiss' : 'Correct and retry'}>
      <PageHead
        title={what}
        lead={
          <span class="dots">
            <span>{SYNC_EVENT_NAMES[row.type]}</span>
            {row.customerEmail && <a href={customerHref(row.customerEmail)}>{row.customerEmail}</a>}
            <Time at={row.createdAt} clock={shell} />
            <a href={logEventHref(row.eventId)}>Its attempts</a>
          </span>
        }
        back={{ href: FAILURES_PATH, text: 'Failed syncs' }}
      />
      <div class="columns">
        <div>
          <Standing row={row} held={held} waits={waits} />
          {waits && orphaned && <Orphaned row={row} shell={shell} />}
          {waits && fields.length > 0 && (
            <section class="card" aria-labelledby="correct-heading">
              <h2 id="correct-heading">Correct and retry</h2>
              <FormError errors={errors} />
              <PostForm action={failureHref(row.eventId)} csrfToken={shell.csrfToken} class="form">
                {fields.map((field) => (
                  <Correctable key={field.name} field={field} errors={errors} />
                ))}
                <button type="submit" class="button primary">
                  Save and retry
                </button>
              </PostForm>
            </section>
          )}
          {edits.length > 0 && <Edits edits={edits} shell={shell} />}
        </div>
        {waits && <Decide row={row} held={held} shell={shell} />}
      </div>
    </Page>
  );
}

function Standing({ row, held, waits }: Pick<CorrectRowPageProps, 'row' | 'held' | 'waits'>) {
  return (
    <section class="card" aria-label="What is wrong">
      <SyncStatusBadge status={row.status} attempts={row.attempts.length} />
      {row.error && (
        <p class="standing">
          <strong>{row.error.message}</strong> <span class="row-remedy">{row.error.remedy}</span>
        </p>
      )}
      {held && <p class="standing">It was held back, since the same message was submitted before.</p>}
      {!waits && <p class="standing">This row does not wait for a decision any more.</p>}
      {row.details && <p class="sub">{row.details}</p>}
    </section>
  );
}

function Orphaned({ row, shell }: { row: SyncEvent; shell: Shell }) {
  return (
    <div class="notice tone-amber" role="alert">
      <Icon name="alert" />
      <span>
        The workflow that kept this row has ended, so that nothing is there to be asked. It can be started anew: it
        looks first at what Help Scout has.
      </span>
      <PostButton
        action={`${FAILURES_PATH}/runs`}
        csrfToken={shell.csrfToken}
        fields={{ eventIds: row.eventId, perMinute: '60', at: 'once' }}
      >
        Start it anew
      </PostButton>
    </div>
  );
}

function Correctable({ field, errors }: { field: CorrectableField; errors?: FieldErrors | undefined }) {
  const shared = { id: `correct-${field.name}`, name: field.name, label: field.label, value: field.value, errors };
  return field.long ? <TextArea {...shared} rows={8} /> : <Field {...shared} />;
}

function Decide({ row, held, shell }: { row: SyncEvent; held: boolean; shell: Shell }) {
  const path = `${LOG_PATH}/${encodeURIComponent(row.eventId)}`;
  const returnTo = failureHref(row.eventId);
  return (
    <section class="card" aria-labelledby="decide-heading">
      <h2 id="decide-heading">{held ? 'Send it anyway?' : 'As it is'}</h2>
      <PostButton action={`${path}/retry`} csrfToken={shell.csrfToken} fields={{ returnTo }}>
        {held ? 'Send anyway' : 'Retry unchanged'}
      </PostButton>
      <PostForm action={`${path}/dismiss`} csrfToken={shell.csrfToken} class="form give-up-form">
        <input type="hidden" name="returnTo" value={returnTo} />
        <Field
          id="dismiss-reason"
          name="reason"
          label="Or give it up, because"
          placeholder="A test, answered by phone …"
        />
        <button type="submit" class="button danger">
          Dismiss
        </button>
      </PostForm>
    </section>
  );
}

function Edits({ edits, shell }: Pick<CorrectRowPageProps, 'edits' | 'shell'>) {
  return (
    <section class="card" aria-labelledby="edits-heading">
      <h2 id="edits-heading">What was corrected</h2>
      <ol class="edits">
        {edits.map((edit) => (
          <li key={`${edit.at.getTime()}-${edit.field}`}>
            <p class="sub">
              <strong>{edit.field}</strong>, by {edit.by}, <Time at={edit.at} clock={shell} />
            </p>
            <dl class="before-after">
              <Fact name="Before">{edit.before || <span class="sub">empty</span>}</Fact>
              <Fact name="After">{edit.after || <span class="sub">empty</span>}</Fact>
            </dl>
          </li>
        ))}
      </ol>
    </section>
  );
}
