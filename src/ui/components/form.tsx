import { type ComponentChildren, h, type PartialInputHTMLAttributes } from 'preact';
import type { FieldErrors } from '../props.ts';

interface PostFormProps {
  action: string;
  csrfToken: string;
  class?: string;
  /** Asked before sending, where script runs; the server never relies on it. */
  confirm?: string;
  children: ComponentChildren;
}

/** A form that changes something: always POST, always with the session's token. */
export function PostForm({ action, csrfToken, class: className, confirm, children }: PostFormProps) {
  return (
    <form method="post" action={action} class={className} data-confirm={confirm}>
      <input type="hidden" name="_csrf" value={csrfToken} />
      {children}
    </form>
  );
}

type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';

interface PostButtonProps extends Omit<PostFormProps, 'class' | 'children'> {
  kind?: ButtonKind;
  /** Values sent along, by field name. */
  fields?: Readonly<Record<string, string>>;
  /** What it is called where its word alone does not say which of several. */
  label?: string;
  children: string;
}

/** A form of one button. */
export function PostButton({ kind = 'secondary', fields = {}, label, children, ...form }: PostButtonProps) {
  return (
    <PostForm {...form} class="inline-form">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class={`button ${kind}`} aria-label={label}>
        {children}
      </button>
    </PostForm>
  );
}

interface FieldProps {
  id: string;
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password' | 'search' | 'date' | 'time' | 'number';
  value?: string;
  help?: string;
  placeholder?: string;
  autocomplete?: string;
  required?: boolean;
  autofocus?: boolean;
  minLength?: number;
  maxLength?: number;
  errors?: FieldErrors;
}

/** A labelled input with its help and, after a refused form, its error. */
export function Field({ id, name, label, type = 'text', help, errors, minLength, maxLength, ...input }: FieldProps) {
  const error = errors?.[name];
  const described = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ');
  // The typed JSX for inputs tells every type apart and takes no union of them; `h` takes the general attributes.
  const attributes: PartialInputHTMLAttributes<HTMLInputElement> = {
    ...input,
    id,
    name,
    type,
    minlength: minLength,
    maxlength: maxLength,
    'aria-invalid': error ? 'true' : undefined,
    'aria-describedby': described || undefined,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {h('input', attributes)}
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

interface SelectProps {
  id: string;
  name: string;
  label: string;
  value: string;
  options: readonly { value: string; text: string }[];
  errors?: FieldErrors;
  /** Keeps the label for screen readers where the context shows it already. */
  hideLabel?: boolean;
}

export function Select({ id, name, label, value, options, errors, hideLabel }: SelectProps) {
  const error = errors?.[name];
  return (
    <div class="field">
      <label for={id} class={hideLabel ? 'visually-hidden' : undefined}>
        {label}
      </label>
      <select
        id={id}
        name={name}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

interface CheckboxGroupProps {
  id: string;
  name: string;
  legend: string;
  options: readonly { value: string; text: string; detail?: string; checked: boolean }[];
  errors?: FieldErrors;
}

export function CheckboxGroup({ id, name, legend, options, errors }: CheckboxGroupProps) {
  const error = errors?.[name];
  return (
    <fieldset class="choices" aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{legend}</legend>
      {options.map((option, index) => (
        <label key={option.value} class="choice" for={`${id}-${index}`}>
          <input id={`${id}-${index}`} type="checkbox" name={name} value={option.value} checked={option.checked} />
          <span>
            <span class="choice-text">{option.text}</span>
            {option.detail && <span class="sub">{option.detail}</span>}
          </span>
        </label>
      ))}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** The sentence for a form as a whole (`errors.form`). */
export function FormError({ errors }: { errors?: FieldErrors }) {
  return errors?.form ? (
    <p class="notice tone-red" role="alert">
      {errors.form}
    </p>
  ) : null;
}
