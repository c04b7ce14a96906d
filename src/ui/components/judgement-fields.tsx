import { CATEGORIES, CATEGORY_TEXT, type Category, SEVERITIES, type Severity } from '../../domain/category.ts';
import { Select } from './form.tsx';
import { Icon } from './icon.tsx';

interface JudgementFieldsProps {
  /** Begins every id: several may stand on one page. */
  id: string;
  category: Category | null;
  productArea: string | null;
  severity: Severity | null;
  /** The organization's product areas. */
  areas: readonly string[];
  /** Whether the digits choose a category. */
  keys?: boolean;
}

/** What a person says an issue is: `category`, `productArea`, `severity` (empty: none). */
export function JudgementFields({ id, category, productArea, severity, areas, keys = false }: JudgementFieldsProps) {
  const known = productArea && !areas.includes(productArea) ? [productArea, ...areas] : areas;
  return (
    <>
      <fieldset class="category-keys">
        <legend>Category</legend>
        {CATEGORIES.map((name, index) => (
          <label key={name} for={`${id}-${name}`}>
            <input
              id={`${id}-${name}`}
              type="radio"
              name="category"
              value={name}
              checked={category === name}
              required
              data-key={keys ? String(index + 1) : undefined}
            />
            <Icon name={name} />
            {CATEGORY_TEXT[name].one}
            {keys && <kbd>{index + 1}</kbd>}
          </label>
        ))}
      </fieldset>
      <Select
        id={`${id}-area`}
        name="productArea"
        label="Product area"
        value={productArea ?? ''}
        options={[{ value: '', text: 'None' }, ...known.map((name) => ({ value: name, text: name }))]}
      />
      <Select
        id={`${id}-severity`}
        name="severity"
        label="Severity"
        value={severity ?? ''}
        options={[{ value: '', text: 'None' }, ...SEVERITIES.map((name) => ({ value: name, text: name }))]}
      />
    </>
  );
}
