import type { ContactForm, FormField } from '../../../domain/contact-form.ts';
import { ContactFormField } from '../../components/contact-form-field.tsx';
import { EmptyCard, PageHead } from '../../components/content.tsx';
import type { Choice } from '../../components/form.tsx';
import { FormSnippets } from '../../components/form-snippets.tsx';
import { Page } from '../../components/layout.tsx';
import { contactFormHref, FORMS_PATH, formHref, INTEGRATIONS_PATH } from '../../links.ts';
import type { FieldErrors, Shell } from '../../props.ts';
import { Editor } from './form-editor-fields.tsx';

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
        <EmptyCard
          icon="inbox"
          title="No mailbox to send to"
          action={{ href: INTEGRATIONS_PATH, text: 'To the integrations', kind: 'primary' }}
        >
          <p>Connect Help Scout and choose mailboxes first; a form’s messages go into one of them.</p>
        </EmptyCard>
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
