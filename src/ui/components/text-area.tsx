import type { FieldErrors } from '../props.ts';

interface TextAreaProps {
  id: string;
  name: string;
  label: string;
  value?: string;
  rows?: number;
  help?: string;
  required?: boolean;
  maxLength?: number;
  errors?: FieldErrors;
}

/** A labelled text of several lines, with its help and, after a refused form, its error. */
export function TextArea({ id, name, label, value = '', rows = 5, help, required, maxLength, errors }: TextAreaProps) {
  const error = errors?.[name];
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        name={name}
        rows={rows}
        required={required}
        maxlength={maxLength}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={described || undefined}
        value={value}
      />
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
