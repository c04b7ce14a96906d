import type { ContactForm } from '../../../domain/contact-form.ts';
import { ContactFormField } from '../../components/contact-form-field.tsx';
import { Notice } from '../../components/notice.tsx';
import { contactFormHref } from '../../links.ts';
import type { FieldErrors } from '../../props.ts';
import { PublicDocument } from './public-document.tsx';

/** A field that people do not see; programs that fill in everything give themselves away by it. */
export const TRAP_FIELD = 'contact_by_fax';

/** GET /forms/:key, and the answer to a post that was refused. */
export interface ContactFormPageProps {
  form: Pick<ContactForm, 'key' | 'name' | 'fields'>;
  /** What was typed, by field name. */
  values: Readonly<Record<string, string>>;
  errors: FieldErrors;
  /** A sentence about the whole form, such as that it was sent too often. */
  notice: string | null;
  /** Made for this page, so that sending it twice is sending it once. */
  idempotencyKey: string;
}

export function ContactFormPage({ form, values, errors, notice, idempotencyKey }: ContactFormPageProps) {
  const unfit = form.fields.filter((field) => errors[field.name]);
  return (
    <PublicDocument title={unfit.length > 0 || notice ? `Not sent yet: ${form.name}` : form.name}>
      <h1>{form.name}</h1>
      {notice && (
        <Notice tone="red" role="alert">
          {notice}
        </Notice>
      )}
      {unfit.length > 0 && (
        <div class="notice tone-red contact-errors" role="alert">
          <div>
            <p>Your message was not sent yet. Please look at:</p>
            <ul>
              {unfit.map((field) => (
                <li key={field.name}>
                  <a href={`#field-${field.name}`}>{field.label}</a>: {errors[field.name]}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <form method="post" action={`${contactFormHref(form.key)}/submissions`} class="form">
        <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
        {form.fields.map((field) => (
          <ContactFormField
            key={field.name}
            field={field}
            id={`field-${field.name}`}
            value={values[field.name] ?? ''}
            error={errors[field.name]}
          />
        ))}
        <div class="contact-trap" aria-hidden="true">
          <label for="field-trap">Leave this empty</label>
          <input id="field-trap" type="text" name={TRAP_FIELD} tabindex={-1} autocomplete="off" />
        </div>
        <button type="submit" class="button primary">
          Send message
        </button>
      </form>
    </PublicDocument>
  );
}

/** GET /forms/:key/submissions/:submissionId in a browser: what people see after sending. */
export interface ThankYouPageProps {
  form: Pick<ContactForm, 'key' | 'name'>;
  submissionId: string;
  /** How far it is, as a sentence. */
  status: string;
}

export function ThankYouPage({ form, submissionId, status }: ThankYouPageProps) {
  return (
    <PublicDocument title={`Thank you: ${form.name}`}>
      <h1>Thank you</h1>
      <p role="status">{status}</p>
      <p class="contact-reference">
        Your reference: <code>{submissionId}</code>
      </p>
      <p>
        <a href={contactFormHref(form.key)}>Send another message</a>
      </p>
    </PublicDocument>
  );
}

/** Where there is no form to show: it is off, or was never there. */
export function NoContactFormPage({ sentence, remedy }: { sentence: string; remedy: string }) {
  return (
    <PublicDocument title={sentence}>
      <h1>{sentence}</h1>
      <p>{remedy}</p>
    </PublicDocument>
  );
}
