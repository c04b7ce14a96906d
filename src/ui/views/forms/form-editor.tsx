import {
  type ContactForm,
  FORM_FIELD_PURPOSES,
  FORM_FIELD_TYPES,
  type FormField,
} from '../../../domain/contact-form.ts';
import { ContactFormField } from '../../components/contact-form-field.tsx';
import { EmptyState, PageHead } from '../../components/content.tsx';
import { Field, FormError, PostForm, Select } from '../../components/form.tsx';
import { FormFieldEditor } from '../../components/form-field-editor.tsx';
import { FormSnippets } from '../../components/form-snippets.tsx';
import { Page } from '../../components/layout.tsx';
import { TextArea } from '../../components/text-area.tsx';
import { contactFormHref, FORMS_PATH, formHref, INTEGRATIONS_PATH } from '../../links.ts';
import type { FieldErrors, Shell } from '../../props.ts';

/** A field as it stands in the editor: whatever was typed. */
export interface FieldDraft {
  label: string;
  name: string;
  type: FormField['type'];
  purpose: FormField['purpose'];
  required: boolean;
  /** One on each line. */
  options: string;
}

/** A form as it stands in the editor. */
export interface FormDraft {
  name: string;
  /** `{integrationId}/{mailboxId}`. */
  mailbox: string;
  assigneeId: string;
  tags: string;
  autoReplyText: string;
  /** One on each line. */
  allowedOrigins: string;
  enabled: boolean;
  fields: readonly FieldDraft[];
}

export interface Choice {
  value: string;
  text: string;
}

/** GET and POST /settings/forms/new and /settings/forms/:formId. */
export interface FormEditorPageProps {
  shell: Shell;
  /** Null while it is new. */
  form: ContactForm | null;
  draft: FormDraft;
  errors: FieldErrors;
  mailboxes: readonly Choice[];
  users: readonly Choice[];
  /** Id of the control to go on with after a field was added, moved or removed. */
  focus: string | null;
  /** Where this product is reached from outside. */
  publicUrl: string;
}

export const TYPE_TEXT: Record<FormField['type'], string> = {
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
export const PURPOSE_TEXT: Record<FormField['purpose'], string> = {
  email: 'Customer’s e-mail address',
  name: 'Customer’s name',
  subject: 'Subject',
  message: 'Message',
  custom: 'Something else',
};
const choices = <T extends string>(values: readonly T[], texts: Record<T, string>): Choice[] =>
  values.map((value) => ({ value, text: texts[value] }));

export function FormEditorPage(props: FormEditorPageProps) {
  const { shell, form, mailboxes } = props;
  const title = form ? form.name : 'New contact form';
  return (
    <Page shell={shell} title={title}>
      <PageHead
        back={{ href: FORMS_PATH, text: 'Contact forms' }}
        title={title}
        lead={
          form ? 'What is sent through it becomes a ticket in Help Scout.' : 'A form whose messages become tickets.'
        }
        actions={
          form && (
            <>
              <a class="button secondary" href={contactFormHref(form.key)} target="_blank" rel="noopener">
                Open the form<span class="visually-hidden"> (opens in a new tab)</span>
              </a>
              <a class="button danger" href={`${formHref(form.formId)}/delete`}>
                Delete
              </a>
            </>
          )
        }
      />
      {mailboxes.length === 0 ? (
        <div class="card">
          <EmptyState icon="inbox" title="No mailbox to send to">
            <p>Connect Help Scout and choose mailboxes first; a form’s messages go into one of them.</p>
            <p class="empty-actions">
              <a class="button primary" href={INTEGRATIONS_PATH}>
                To the integrations
              </a>
            </p>
          </EmptyState>
        </div>
      ) : (
        <Editor {...props} />
      )}
      {form && (
        <div class="form-side">
          <FormSnippets form={form} publicUrl={props.publicUrl} />
          <Preview form={form} />
        </div>
      )}
      <script src="/static/forms.js" defer />
    </Page>
  );
}

function Editor({ shell, form, draft, errors, mailboxes, users, focus }: FormEditorPageProps) {
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
        <Select
          id="form-mailbox"
          name="mailbox"
          label="Mailbox"
          value={draft.mailbox}
          options={[
            ...(mailboxes.some(({ value }) => value === draft.mailbox)
              ? []
              : [{ value: '', text: 'Choose a mailbox' }]),
            ...mailboxes,
          ]}
          errors={errors}
        />
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

/** The form as it is saved, to be looked at. */
function Preview({ form }: { form: ContactForm }) {
  return (
    <section class="card" aria-labelledby="form-preview">
      <h2 id="form-preview">Preview</h2>
      <p class="sub">As it is saved now.</p>
      <fieldset class="form form-preview" disabled>
        <legend class="visually-hidden">Preview of {form.name}</legend>
        {form.fields.map((field) => (
          <ContactFormField key={field.name} field={field} id={`preview-${field.name}`} value="" error={undefined} />
        ))}
        <button type="button" class="button primary">
          Send message
        </button>
      </fieldset>
    </section>
  );
}
