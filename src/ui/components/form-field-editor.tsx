import type { FieldErrors } from '../props.ts';
import type { FieldDraft } from '../views/forms/form-editor.tsx';
import { type Choice, Field, Select } from './form.tsx';
import { TextArea } from './text-area.tsx';

interface FormFieldEditorProps {
  field: FieldDraft;
  index: number;
  count: number;
  types: readonly Choice[];
  purposes: readonly Choice[];
  errors: FieldErrors;
  focus: string | null;
}

/** One field of a contact form in its editor. Its buttons send the whole form, so that nothing typed is lost. */
export function FormFieldEditor({ field, index, count, types, purposes, errors, focus }: FormFieldEditorProps) {
  const at = (part: string) => `field-${index}-${part}`;
  const title = field.label.trim() || `Field ${index + 1}`;
  return (
    <li class="field-editor">
      <fieldset>
        <legend>{title}</legend>
        <div class="field-editor-parts">
          <Field
            id={at('label')}
            name={at('label')}
            label="Label"
            value={field.label}
            required
            autofocus={focus === at('label')}
            errors={errors}
          />
          <Select id={at('purpose')} name={at('purpose')} label="Used as" value={field.purpose} options={purposes} />
          <Select id={at('type')} name={at('type')} label="Type" value={field.type} options={types} />
          <Select
            id={at('required')}
            name={at('required')}
            label="Must be filled in"
            value={field.required ? 'yes' : 'no'}
            options={[
              { value: 'yes', text: 'Yes' },
              { value: 'no', text: 'No' },
            ]}
          />
          <Field
            id={at('name')}
            name={at('name')}
            label="Name in requests"
            value={field.name}
            placeholder="Made from the label"
            autocomplete="off"
            errors={errors}
          />
          <div class="field-options">
            <TextArea
              id={at('options')}
              name={at('options')}
              label="Options (one on each line)"
              value={field.options}
              rows={3}
              errors={errors}
            />
          </div>
        </div>
        <div class="button-row">
          {index > 0 && <Move id={at('up')} value={`up-${index}`} text="Move up" title={title} focus={focus} />}
          {index < count - 1 && (
            <Move id={at('down')} value={`down-${index}`} text="Move down" title={title} focus={focus} />
          )}
          <Move id={at('remove')} value={`remove-${index}`} text="Remove" title={title} focus={focus} />
        </div>
      </fieldset>
    </li>
  );
}

interface MoveProps {
  id: string;
  value: string;
  text: string;
  title: string;
  focus: string | null;
}

function Move({ id, value, text, title, focus }: MoveProps) {
  return (
    <button
      id={id}
      type="submit"
      name="action"
      value={value}
      class="button quiet"
      autofocus={focus === id}
      formnovalidate
    >
      {text}
      <span class="visually-hidden">: {title}</span>
    </button>
  );
}
