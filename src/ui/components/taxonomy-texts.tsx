import { CATEGORIES, CATEGORY_TEXT, SEVERITIES } from '../../domain/category.ts';
import type { Taxonomy } from '../../domain/taxonomy.ts';
import type { RefusedForm } from './setting-fields.tsx';
import { TextArea } from './text-area.tsx';

interface TaxonomyTextsProps extends RefusedForm {
  taxonomy: Taxonomy;
}

/** What each category means: `definition-` and the category. */
export function CategoryTexts({ taxonomy, ...form }: TaxonomyTextsProps) {
  return (
    <>
      {CATEGORIES.map((name) => (
        <Meaning
          key={name}
          {...form}
          name={`definition-${name}`}
          label={CATEGORY_TEXT[name].many}
          text={taxonomy.definitions[name]}
        />
      ))}
    </>
  );
}

/** How severe each severity is, the worst first: `severity-` and the severity. */
export function SeverityTexts({ taxonomy, ...form }: TaxonomyTextsProps) {
  return (
    <>
      {[...SEVERITIES].reverse().map((name) => (
        <Meaning
          key={name}
          {...form}
          name={`severity-${name}`}
          label={`${name[0]?.toUpperCase()}${name.slice(1)}`}
          text={taxonomy.severities[name]}
        />
      ))}
    </>
  );
}

/** What else the classifier should know: `instructions`. */
export function Instructions({ taxonomy, help, sent, errors }: TaxonomyTextsProps & { help?: string }) {
  return (
    <TextArea
      id="instructions"
      name="instructions"
      label="What else the classifier should know"
      value={sent?.instructions ?? taxonomy.instructions}
      rows={6}
      help={help}
      errors={errors}
    />
  );
}

interface MeaningProps extends RefusedForm {
  name: string;
  label: string;
  /** What is in force. */
  text: string;
}

function Meaning({ name, label, text, sent, errors }: MeaningProps) {
  return (
    <TextArea id={name} name={name} label={label} value={sent?.[name] ?? text} rows={2} required errors={errors} />
  );
}
