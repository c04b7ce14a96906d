import type { FieldErrors } from '../props.ts';
import { describedBy, FieldFrame } from './field-frame.tsx';

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

/** A labelled text of several lines. */
export function TextArea({ value = '', rows = 5, required, maxLength, ...field }: TextAreaProps) {
  return (
    <FieldFrame {...field}>
      <textarea
        id={field.id}
        name={field.name}
        rows={rows}
        required={required}
        maxlength={maxLength}
        {...describedBy(field)}
        value={value}
      />
    </FieldFrame>
  );
}
