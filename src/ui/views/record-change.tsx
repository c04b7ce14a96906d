import { CATEGORY_TEXT, SEVERITIES } from '../../domain/category.ts';
import {
  LONGEST_RECORD_TEXT,
  PRIORITIES,
  RECORD_KINDS,
  RECORD_STATUSES,
  type RecordAddress,
} from '../../domain/issue-record.ts';
import { Field, PostButton, PostForm, Select } from '../components/form.tsx';
import { RECORD_STATUS_TEXT } from '../components/record-badges.tsx';
import { TextArea } from '../components/text-area.tsx';
import { recordHref } from '../links.ts';
import type { RecordPageProps } from '../props.ts';

const word = (text: string) => `${text[0]?.toUpperCase()}${text.slice(1)}`;
const choices = (values: readonly string[], usual: string) => [
  { value: 'automatic', text: usual },
  ...values.map((value) => ({ value, text: word(value) })),
];

/** What managers decide about a record. What they have decided, its pattern does not change any more. */
export function RecordChangeCard({ shell, record, errors = {} }: RecordPageProps) {
  const to = (name: string) => ({ action: `${recordHref(record)}/${name}`, csrfToken: shell.csrfToken });
  const decided = (field: (typeof record.decided)[number]) => record.decided.includes(field);
  return (
    <section class="card" aria-labelledby="change-heading">
      <h2 id="change-heading">Change</h2>
      <PostForm {...to('status')} class="form-rows">
        <Select
          id="record-status"
          name="status"
          label="Status"
          value={record.status}
          options={RECORD_STATUSES.map((status) => ({ value: status, text: RECORD_STATUS_TEXT[status] }))}
        />
        <Field
          id="record-reason"
          name="reason"
          label="Reason"
          help="Needed to dismiss it."
          value={record.dismissedReason ?? ''}
          maxLength={500}
          errors={errors}
        />
        <button type="submit" class="button secondary">
          Set status
        </button>
      </PostForm>
      <PostForm {...to('rating')} class="form-rows">
        <Select
          id="record-severity"
          name="severity"
          label="Severity"
          value={decided('severity') ? (record.severity ?? 'automatic') : 'automatic'}
          options={choices([...SEVERITIES].reverse(), 'As customers say')}
        />
        <Select
          id="record-priority"
          name="priority"
          label="Priority"
          value={decided('priority') ? record.priority : 'automatic'}
          options={choices(PRIORITIES, 'By the formula')}
        />
        <button type="submit" class="button secondary">
          Save severity and priority
        </button>
      </PostForm>
      <Kind shell={shell} record={record} />
      <details open={errors.title !== undefined}>
        <summary>Title and description</summary>
        <PostForm {...to('details')}>
          <Field
            id="record-title"
            name="title"
            label="Title"
            value={record.title}
            maxLength={200}
            required
            errors={errors}
          />
          <TextArea
            id="record-description"
            name="description"
            label="Description"
            value={decided('description') ? record.description : ''}
            help="Left empty, it is made from the conversations."
            maxLength={LONGEST_RECORD_TEXT}
            errors={errors}
          />
          <button type="submit" class="button secondary">
            Save
          </button>
        </PostForm>
      </details>
    </section>
  );
}

/** Which kind it is, and what its pattern says where that is something else. */
function Kind({ shell, record }: Pick<RecordPageProps, 'shell' | 'record'>) {
  return (
    <div class="form-rows">
      <p>
        {record.otherCategory
          ? `Most conversations of the pattern are now of another category: ${CATEGORY_TEXT[record.otherCategory].many.toLowerCase()}. People have decided about this record, so it stays a ${CATEGORY_TEXT[record.kind].one.toLowerCase()} until you say otherwise.`
          : `It is a ${CATEGORY_TEXT[record.kind].one.toLowerCase()}, as most conversations of its pattern are.`}
      </p>
      <KindButton csrfToken={shell.csrfToken} record={record} />
    </div>
  );
}

/** Makes it one of the other kind. */
export function KindButton({ csrfToken, record }: { csrfToken: string; record: RecordAddress }) {
  const other = RECORD_KINDS.find((kind) => kind !== record.kind) ?? record.kind;
  return (
    <PostButton
      action={`${recordHref(record)}/kind`}
      csrfToken={csrfToken}
      fields={{ kind: other }}
      confirm="It gets a number of the other kind; links to this one lead there."
    >
      {`Make it a ${CATEGORY_TEXT[other].one.toLowerCase()}`}
    </PostButton>
  );
}
