import { type ComponentChildren, h, type PartialInputHTMLAttributes } from 'preact';
import type { FieldErrors } from '../props.ts';
import { describedBy, FieldError, FieldFrame } from './field-frame.tsx';

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

/** A labelled input. */
export function Field({ id, name, label, type = 'text', help, errors, minLength, maxLength, ...input }: FieldProps) {
  const texts = { id, name, help, errors };
  // The typed JSX for inputs tells every type apart and takes no union of them; `h` takes the general attributes.
  const attributes: PartialInputHTMLAttributes<HTMLInputElement> = {
    ...input,
    id,
    name,
    type,
    minlength: minLength,
    maxlength: maxLength,
    ...describedBy(texts),
  };
  return (
    <FieldFrame {...texts} label={label}>
      {h('input', attributes)}
    </FieldFrame>
  );
}

/** One of the values that a field can have. */
export interface Choice {
  value: string;
  text: string;
}

/** The values of a field, by the words for each. */
export const choicesOf = (texts: Readonly<Record<string, string>>): Choice[] =>
  Object.entries(texts).map(([value, text]) => ({ value, text }));

interface SelectProps {
  id: string;
  name: string;
  label: string;
  value: string;
  options: readonly Choice[];
  errors?: FieldErrors;
  /** Keeps the label for screen readers where the context shows it already. */
  hideLabel?: boolean;
}

export function Select({ value, options, ...field }: SelectProps) {
  return (
    <FieldFrame {...field}>
      <select id={field.id} name={field.name} {...describedBy(field)}>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

interface CheckboxGroupProps {
  id: string;
  name: string;
  legend: string;
  options: readonly (Choice & { detail?: string; checked: boolean })[];
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
      <FieldError id={id} error={error} />
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
