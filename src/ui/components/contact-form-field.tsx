import { h, type PartialInputHTMLAttributes } from 'preact';
import type { FormField } from '../../domain/contact-form.ts';
import { FieldError } from './field-frame.tsx';

interface ContactFormFieldProps {
  field: FormField;
  id: string;
  value: string;
  error: string | undefined;
}

/** What browsers may fill in by themselves. */
const AUTOCOMPLETE: Partial<Record<FormField['purpose'], string>> = { email: 'email', name: 'name' };

/** One field of a contact form, as the people who write see it. */
export function ContactFormField({ field, id, value, error }: ContactFormFieldProps) {
  const attributes = {
    id,
    name: field.name,
    required: field.required,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': error ? `${id}-error` : undefined,
  };
  const message = <FieldError id={id} error={error} />;
  if (field.type === 'checkbox') {
    return (
      <div class="field contact-check">
        <label for={id}>
          <ContactFormControl field={field} value={value} attributes={attributes} />
          <span>
            {field.label}
            <Optional field={field} />
          </span>
        </label>
        {message}
      </div>
    );
  }
  return (
    <div class="field">
      <label for={id}>
        {field.label}
        <Optional field={field} />
      </label>
      <ContactFormControl field={field} value={value} attributes={attributes} />
      {message}
    </div>
  );
}

function Optional({ field }: Pick<ContactFormFieldProps, 'field'>) {
  return field.required ? null : <span class="sub"> (optional)</span>;
}

interface ControlProps {
  field: FormField;
  value: string;
  attributes: { id: string; name: string; required: boolean };
}

/** The control alone: what is sent, without its label. */
export function ContactFormControl({ field, value, attributes }: ControlProps) {
  if (field.type === 'textarea') return <textarea {...attributes} rows={6} value={value} />;
  if (field.type === 'select') {
    return (
      <select {...attributes}>
        <option value="">Choose…</option>
        {field.options.map((option) => (
          <option key={option} value={option} selected={option === value}>
            {option}
          </option>
        ))}
      </select>
    );
  }
  if (field.type === 'checkbox') return <input type="checkbox" {...attributes} value="yes" checked={value !== ''} />;
  const input: PartialInputHTMLAttributes<HTMLInputElement> = {
    ...attributes,
    type: field.type,
    value,
    autocomplete: AUTOCOMPLETE[field.purpose],
    ...(field.type === 'number' && { step: 'any' }),
  };
  return h('input', input);
}
