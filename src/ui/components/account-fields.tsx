import type { FieldErrors } from '../props.ts';
import { Field } from './form.tsx';

/** The address that somebody signs in with. */
export function OwnEmail({ value, errors }: { value: string; errors: FieldErrors }) {
  return (
    <Field
      id="email"
      name="email"
      label="E-mail"
      type="email"
      value={value}
      autocomplete="username"
      required
      errors={errors}
    />
  );
}

interface NewPasswordProps {
  id: string;
  label: string;
  help: string;
  errors?: FieldErrors;
}

/** A password that is chosen now: at least 12 characters. */
export function NewPassword(props: NewPasswordProps) {
  return <Field {...props} name="password" type="password" autocomplete="new-password" minLength={12} required />;
}
