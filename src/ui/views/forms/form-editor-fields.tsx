import { FORM_FIELD_PURPOSES, FORM_FIELD_TYPES, type FormField } from '../../../domain/contact-form.ts';
import { type Choice, Field, FormError, PostForm, Select } from '../../components/form.tsx';
import { FormFieldEditor } from '../../components/form-field-editor.tsx';
import { MailboxSelect } from '../../components/mailbox-select.tsx';
import { TextArea } from '../../components/text-area.tsx';
import { FORMS_PATH, formHref } from '../../links.ts';
import type { FormEditorPageProps } from './form-editor.tsx';

const TYPE_TEXT: Record<FormField['type'], string> = {
  text: 'One line',
  email: 'E-mail address',
  tel: 'Phone number',
  url: 'Web address',
  number: 'Number',
  date: 'Date',
  textarea: 'Several lines',
  select: 'Choice of one',
  checkbox: 'Box to tick',
};
const PURPOSE_TEXT: Record<FormField['purpose'], string> = {
  email: 'Customer’s e-mail address',
  name: 'Customer’s name',
  subject: 'Subject',
  message: 'Message',
  custom: 'Something else',
};
const choices = <T extends string>(values: readonly T[], texts: Record<T, string>): Choice[] =>
  values.map((value) => ({ value, text: texts[value] }));

/** The form with its fields; what is typed is kept when a field is added, moved or removed. */
export function Editor({ shell, form, draft, errors, mailboxes, users, focus }: FormEditorPageProps) {
  return (
    <PostForm
      action={form ? formHref(form.formId) : `${FORMS_PATH}/new`}
      csrfToken={shell.csrfToken}
      class="form-editor"
    >
      {/* Enter in any field saves: browsers press the first button. */}
      <button type="submit" name="action" value="save" class="visually-hidden" tabindex={-1}>
        Save
      </button>
      <section class="card form" aria-labelledby="form-where">
        <h2 id="form-where">Form</h2>
        <FormError errors={errors} />
        <Field
          id="form-name"
          name="name"
          label="Name"
          value={draft.name}
          required
          errors={errors}
          help="People see it."
        />
        <MailboxSelect id="form-mailbox" value={draft.mailbox} mailboxes={mailboxes} errors={errors} />
        <Select
          id="form-assignee"
          name="assigneeId"
          label="Assign tickets to"
          value={draft.assigneeId}
          options={[{ value: '', text: 'Nobody' }, ...users]}
          errors={errors}
        />
        <Field
          id="form-tags"
          name="tags"
          label="Tags"
          value={draft.tags}
          help="Put on each ticket; separate them by commas."
          autocomplete="off"
          errors={errors}
        />
        <TextArea
          id="form-reply"
          name="autoReplyText"
          label="Auto-reply"
          value={draft.autoReplyText}
          rows={4}
          help="Sent to the customer in the new conversation. Leave it empty for none."
          errors={errors}
        />
        <TextArea
          id="form-origins"
          name="allowedOrigins"
          label="Websites that may use it"
          value={draft.allowedOrigins}
          rows={3}
          help="One on each line, such as https://www.example.com. Leave it empty to allow every website."
          errors={errors}
        />
        <Select
          id="form-enabled"
          name="enabled"
          label="Takes messages"
          value={draft.enabled ? 'yes' : 'no'}
          options={[
            { value: 'yes', text: 'On' },
            { value: 'no', text: 'Off: visitors are told so' },
          ]}
        />
      </section>
      <section class="card form-fields" aria-labelledby="form-fields">
        <h2 id="form-fields">Fields</h2>
        <p class="sub">
          The e-mail address and the message are always required, and have their own types. Something else is written
          below the message.
        </p>
        {errors.fields && (
          <p class="field-error" role="alert">
            {errors.fields}
          </p>
        )}
        <ol class="field-editors">
          {draft.fields.map((field, index) => (
            <FormFieldEditor
              key={index}
              field={field}
              index={index}
              count={draft.fields.length}
              types={choices(FORM_FIELD_TYPES, TYPE_TEXT)}
              purposes={choices(FORM_FIELD_PURPOSES, PURPOSE_TEXT)}
              errors={errors}
              focus={focus}
            />
          ))}
        </ol>
        <button
          id="add-field"
          type="submit"
          name="action"
          value="add"
          class="button secondary"
          autofocus={focus === 'add-field'}
          formnovalidate
        >
          Add a field
        </button>
      </section>
      <div class="button-row">
        <button type="submit" name="action" value="save" class="button primary">
          {form ? 'Save changes' : 'Create form'}
        </button>
        <a class="button secondary" href={FORMS_PATH}>
          Cancel
        </a>
      </div>
    </PostForm>
  );
}
