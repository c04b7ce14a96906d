import { CATEGORIES, CATEGORY_TEXT, type Category } from '../../domain/category.ts';
import type { FieldErrors } from '../props.ts';
import { type Choice, Field, Select } from './form.tsx';

interface FilterSearchProps {
  /** The field's name in the address. */
  name: string;
  label: string;
  value: string;
  placeholder: string;
  maxLength?: number;
  errors?: FieldErrors;
}

/** The search of a list, which takes the room that the other filters leave. */
export function FilterSearch({ name, ...field }: FilterSearchProps) {
  return (
    <div class="grow">
      <Field {...field} id={`filter-${name}`} name={name} type="search" autocomplete="off" />
    </div>
  );
}

interface FilterSelectProps {
  /** The field's name in the address. */
  name: string;
  label: string;
  /** Null: not filtered by it. */
  value: string | null;
  /** What not filtering by it is called; missing where one value is always chosen. */
  any?: string;
  options: readonly Choice[];
}

/** A list's filter by one of a few values. */
export function FilterSelect({ name, label, value, any, options }: FilterSelectProps) {
  return (
    <Select
      id={`filter-${name}`}
      name={name}
      label={label}
      value={value ?? ''}
      options={any === undefined ? options : [{ value: '', text: any }, ...options]}
    />
  );
}

/** The filter by category. */
export function FilterCategory({ value }: { value: Category | null }) {
  return (
    <FilterSelect
      name="category"
      label="Category"
      value={value}
      any="All categories"
      options={CATEGORIES.map((category) => ({ value: category, text: CATEGORY_TEXT[category].many }))}
    />
  );
}
