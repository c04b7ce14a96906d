import { type HistoryEntry, LONGEST_RECORD_TEXT } from '../../domain/issue-record.ts';
import { Time } from '../components/content.tsx';
import { PostForm } from '../components/form.tsx';
import { TextArea } from '../components/text-area.tsx';
import { recordHref } from '../links.ts';
import type { RecordPageProps } from '../props.ts';

const SUBJECT_TEXT: Record<HistoryEntry['what'], string> = {
  created: 'Created as',
  status: 'Status',
  kind: 'Kind',
  title: 'Title',
  description: 'Description changed',
  severity: 'Severity',
  priority: 'Priority',
  outcome: 'Outcome check',
  pattern: 'Pattern',
  merged: 'Linked to',
  message: 'Sent',
};

/** What people say about a record, and everything that happened to it. */
export function RecordTalk({
  shell,
  record,
  comments,
  history,
  errors,
  comment: refused,
  mayChange,
}: RecordPageProps & { mayChange: boolean }) {
  return (
    <>
      <section class="card" aria-labelledby="comments-heading">
        <h2 id="comments-heading">Comments</h2>
        {comments.length === 0 && <p class="sub">Nobody has said anything yet.</p>}
        <ul class="record-talk">
          {comments.map((comment) => (
            <li key={comment.commentId}>
              <p class="sub dots">
                <strong>{comment.by}</strong>
                <Time at={comment.at} clock={shell} />
              </p>
              <p class="record-text">{comment.text}</p>
            </li>
          ))}
        </ul>
        {mayChange && (
          <PostForm action={`${recordHref(record)}/comments`} csrfToken={shell.csrfToken}>
            <TextArea
              id="comment-text"
              name="text"
              label="Your comment"
              rows={3}
              maxLength={LONGEST_RECORD_TEXT}
              {...(refused !== undefined && { value: refused })}
              required
              errors={errors}
            />
            <button type="submit" class="button secondary">
              Add comment
            </button>
          </PostForm>
        )}
      </section>
      <section class="card" aria-labelledby="history-heading">
        <h2 id="history-heading">History</h2>
        <ol class="record-talk">
          {history.toReversed().map((entry) => (
            <li key={`${entry.at.getTime()}-${entry.what}-${entry.after}`}>
              <p>{words(entry)}</p>
              <p class="sub dots">
                <span>{entry.by}</span>
                <Time at={entry.at} clock={shell} exact />
                {entry.why && <span>{entry.why}</span>}
              </p>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

function words({ what, before, after }: HistoryEntry): string {
  if (what === 'description') return SUBJECT_TEXT.description;
  const to = after ?? (what === 'merged' ? 'nothing any more' : 'by itself');
  return before === null ? `${SUBJECT_TEXT[what]}: ${to}` : `${SUBJECT_TEXT[what]}: ${before} → ${to}`;
}
