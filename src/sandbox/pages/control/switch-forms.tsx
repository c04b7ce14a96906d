import type { SwitchValues } from '../../switches-schema.ts';
import { type SwitchField, switchFields, valueAt } from './switch-fields.ts';

/** A form for each group of switches; what a form shows is what pressing its button sets. */
export function SwitchForms({ values }: { values: SwitchValues }) {
  return (
    <section aria-labelledby="switches">
      <h2 id="switches">Switches</h2>
      <p class="muted">A restart returns them to how they were at the start.</p>
      {switchFields().map((group) => (
        <details key={group.path} id={group.path}>
          <summary>{group.label}</summary>
          <form method="post" action={`/sandbox/switches/${group.path}`} class="stacked">
            <Input field={group} values={values} isOutermost />
            <button type="submit">Set</button>
          </form>
        </details>
      ))}
    </section>
  );
}

interface InputProps {
  field: SwitchField;
  values: SwitchValues;
  isOutermost?: boolean;
}

function Input({ field, values, isOutermost = false }: InputProps) {
  const value = valueAt(values, field.path);
  const { path, label, hint } = field;
  const note = hint !== undefined && <small class="muted">{hint}</small>;
  switch (field.kind) {
    case 'group':
    case 'optional': {
      const inner = field.fields.map((child) => <Input key={child.path} field={child} values={values} />);
      const on = field.kind === 'optional' && (
        <label class="check">
          <input type="checkbox" name={path} checked={value !== null} />
          On
        </label>
      );
      if (isOutermost) {
        return (
          <>
            {on}
            {note}
            {inner}
          </>
        );
      }
      return (
        <fieldset>
          <legend>{label}</legend>
          {on}
          {note}
          {inner}
        </fieldset>
      );
    }
    case 'yesNo':
      return (
        <div>
          <label class="check">
            <input type="checkbox" name={path} checked={value === true} />
            {label}
          </label>
          {note}
        </div>
      );
    case 'choice':
      return (
        <label>
          {label}
          {note}
          <select name={path}>
            {field.options.map((option) => (
              <option key={option} value={option} selected={option === value}>
                {option}
              </option>
            ))}
          </select>
        </label>
      );
    case 'choices':
      return (
        <fieldset>
          <legend>{label}</legend>
          {note}
          {field.options.map((option) => (
            <label key={option} class="check">
              <input
                type="checkbox"
                name={path}
                value={option}
                checked={Array.isArray(value) ? value.includes(option) : true}
              />
              {option}
            </label>
          ))}
        </fieldset>
      );
    case 'number':
      return (
        <label>
          {label}
          {note}
          <input
            type="number"
            name={path}
            step={field.step}
            min={field.min}
            max={field.max}
            value={shownNumber(value, path)}
          />
        </label>
      );
    case 'numbers':
      return (
        <label>
          {label}
          {note}
          <input name={path} value={Array.isArray(value) ? value.join(', ') : ''} placeholder="none" />
        </label>
      );
    case 'text':
      return (
        <label>
          {label}
          {note}
          <input name={path} value={typeof value === 'string' ? value : ''} />
        </label>
      );
  }
}

/** What is off has no numbers yet: it starts with ones that mean something. */
function shownNumber(value: unknown, path: string): string {
  if (typeof value === 'number') return String(value);
  if (path.endsWith('.probability')) return '0.1';
  if (path.endsWith('.seed')) return '1';
  return path.endsWith('.ms') ? '1000' : '';
}
