import type { ComponentChildren } from 'preact';
import type { FieldErrors } from '../props.ts';

interface FieldTexts {
  /** The control's id; those of its help and error are made from it. */
  id: string;
  name: string;
  help?: string;
  errors?: FieldErrors;
}

/** What ties a control to its help and error, for people who hear the page. */
export function describedBy({ id, name, help, errors }: FieldTexts) {
  const error = errors?.[name];
  const texts = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ');
  return { 'aria-invalid': error ? ('true' as const) : undefined, 'aria-describedby': texts || undefined };
}

/** What is wrong with one field of a refused form. */
export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  return error ? (
    <p class="field-error" id={`${id}-error`}>
      {error}
    </p>
  ) : null;
}

interface FieldFrameProps extends FieldTexts {
  label: string;
  /** Keeps the label for screen readers where the context shows it already. */
  hideLabel?: boolean;
  children: ComponentChildren;
}

/** A labelled control with its help and, after a refused form, its error. */
export function FieldFrame({ id, name, label, hideLabel, help, errors, children }: FieldFrameProps) {
  return (
    <div class="field">
      <label for={id} class={hideLabel ? 'visually-hidden' : undefined}>
        {label}
      </label>
      {children}
      {help && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      <FieldError id={id} error={errors?.[name]} />
    </div>
  );
}
