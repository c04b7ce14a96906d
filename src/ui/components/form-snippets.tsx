import { renderToStaticMarkup } from 'preact-render-to-string';
import type { ContactForm } from '../../domain/contact-form.ts';
import { contactFormHref } from '../links.ts';
import { TRAP_FIELD } from '../views/forms/contact-form.tsx';
import { ContactFormControl } from './contact-form-field.tsx';

interface FormSnippetsProps {
  form: ContactForm;
  publicUrl: string;
}

/** What is put into a website to have the form there. */
export function FormSnippets({ form, publicUrl }: FormSnippetsProps) {
  const address = `${publicUrl}${contactFormHref(form.key)}`;
  return (
    <section class="card" aria-labelledby="form-embed">
      <h2 id="form-embed">Put it on your website</h2>
      <p class="sub">
        Its address: <code>{address}</code>
      </p>
      <Snippet
        id="snippet-script"
        title="Fits its height by itself (needs script)"
        text={scriptSnippet(form, address)}
      />
      <Snippet id="snippet-frame" title="In a frame" text={frameSnippet(form, address)} />
      <Snippet
        id="snippet-html"
        title="As a plain form, in your own style"
        text={htmlSnippet(form, address)}
        note="The message goes to us, and people see our thank-you page. Scripts can post JSON to the same address."
      />
    </section>
  );
}

interface SnippetProps {
  id: string;
  title: string;
  text: string;
  note?: string;
}

function Snippet({ id, title, text, note }: SnippetProps) {
  return (
    <div class="field snippet">
      <label for={id}>{title}</label>
      <textarea id={id} rows={Math.min(10, text.split('\n').length + 1)} readonly spellcheck={false} value={text} />
      <div class="button-row">
        {/* Shown by script, which it needs. */}
        <button type="button" class="button secondary" data-copy={id} hidden>
          Copy
          <span class="visually-hidden">: {title}</span>
        </button>
        <span role="status" class="sub" />
      </div>
      {note && <p class="help">{note}</p>}
    </div>
  );
}

const scriptSnippet = (form: ContactForm, address: string) =>
  renderToStaticMarkup(<script src={`${address}/embed.js`} data-title={form.name} async />);

const frameSnippet = (form: ContactForm, address: string) =>
  renderToStaticMarkup(<iframe src={address} title={form.name} width="100%" height="640" />);

/** The same fields that our own page has, so that both take the same values. */
function htmlSnippet(form: ContactForm, address: string): string {
  const parts = form.fields.map((field) =>
    renderToStaticMarkup(
      <p>
        <label for={`contact-${field.name}`}>{field.label}</label>
        <br />
        <ContactFormControl
          field={field}
          value=""
          attributes={{ id: `contact-${field.name}`, name: field.name, required: field.required }}
        />
      </p>,
    ),
  );
  const trap = renderToStaticMarkup(<input name={TRAP_FIELD} hidden tabindex={-1} autocomplete="off" />);
  return [
    `<form method="post" action="${address}/submissions">`,
    ...[...parts, trap, '<button type="submit">Send message</button>'].map((part) => `  ${part}`),
    '</form>',
  ].join('\n');
}
