import { CATEGORIES, CATEGORY_TEXT, SEVERITIES } from '../../domain/category.ts';
import type { ClassifierIdentity } from '../../domain/insight.ts';
import type { ProductArea, Taxonomy } from '../../domain/taxonomy.ts';
import { WHAT_IF_DAYS, type WhatIfSettings } from '../../domain/what-if.ts';
import { WHAT_IF_PATH } from '../links.ts';
import type { FieldErrors, Shell } from '../props.ts';
import { Field, FormError, PostForm, Select } from './form.tsx';
import { TaxonomyAreas } from './taxonomy-areas.tsx';
import { TextArea } from './text-area.tsx';

export interface WhatIfFormProps {
  shell: Shell;
  /** What is in force: every field begins with it. */
  taxonomy: Taxonomy;
  settings: WhatIfSettings;
  learned: readonly ProductArea[];
  installation: ClassifierIdentity;
  sent?: Readonly<Record<string, string>>;
  errors?: FieldErrors;
}

const USUAL_DAYS = 30;
const EFFORTS = [
  { value: '', text: 'As the model does by itself' },
  { value: 'low', text: 'Low: cheapest' },
  { value: 'medium', text: 'Medium' },
  { value: 'high', text: 'High: most thorough' },
];

/** What is tried, and on which conversations. */
export function WhatIfForm(props: WhatIfFormProps) {
  const { shell, taxonomy, sent, errors } = props;
  const faults = errors && { errors };
  const area = (name: string, label: string, saved: string, rows = 2) => (
    <TextArea
      key={name}
      id={name}
      name={name}
      label={label}
      value={sent?.[name] ?? saved}
      rows={rows}
      required={name !== 'instructions'}
      {...faults}
    />
  );
  return (
    <PostForm action={WHAT_IF_PATH} csrfToken={shell.csrfToken} class="form">
      <FormError errors={errors} />
      <input type="hidden" name="version" value={String(taxonomy.version)} />
      <div class="settings-grid">
        <section class="card" aria-labelledby="instructions-heading">
          <h2 id="instructions-heading">Instructions</h2>
          {area('instructions', 'What else the classifier should know', taxonomy.instructions, 6)}
          <p class="sub">Read by Claude alone.</p>
        </section>
        <SettingsSection {...props} />
      </div>
      <details class="card" open={errors !== undefined}>
        <summary>Categories and severities</summary>
        {CATEGORIES.map((name) => area(`definition-${name}`, CATEGORY_TEXT[name].many, taxonomy.definitions[name]))}
        {[...SEVERITIES]
          .reverse()
          .map((name) =>
            area(`severity-${name}`, `${name[0]?.toUpperCase()}${name.slice(1)}`, taxonomy.severities[name]),
          )}
      </details>
      <details open={errors?.areas !== undefined}>
        <summary>Product areas</summary>
        <TaxonomyAreas {...props} />
      </details>
      <button type="submit" class="button primary">
        Try it
      </button>
    </PostForm>
  );
}

function SettingsSection({ settings, installation, sent, errors }: WhatIfFormProps) {
  const faults = errors && { errors };
  return (
    <section class="card" aria-labelledby="settings-heading">
      <h2 id="settings-heading">Conversations and classifier</h2>
      <Select
        id="days"
        name="days"
        label="Conversations of the last"
        value={sent?.days ?? String(USUAL_DAYS)}
        options={WHAT_IF_DAYS.map((days) => ({ value: String(days), text: `${days} days` }))}
        {...faults}
      />
      <Field
        id="review-percent"
        name="reviewPercent"
        label="A person decides below so many percent of confidence"
        type="number"
        required
        value={sent?.reviewPercent ?? String(Math.round(settings.reviewBelow * 100))}
        help="Changing this alone asks nobody anew, and costs nothing."
        {...faults}
      />
      <Select
        id="classifier"
        name="classifier"
        label="Who classifies"
        value={sent?.classifier ?? settings.classifier}
        options={[
          { value: 'auto', text: installation.kind === 'claude' ? 'Claude' : 'Claude where there is a key' },
          { value: 'offline', text: 'The offline model' },
        ]}
        {...faults}
      />
      <Field
        id="model"
        name="model"
        label="Claude's model"
        value={sent?.model ?? settings.model ?? ''}
        placeholder={installation.kind === 'claude' ? installation.model : ''}
        maxLength={100}
        help="Empty: the installation's."
        {...faults}
      />
      <Select
        id="effort"
        name="effort"
        label="Effort"
        value={sent?.effort ?? settings.effort ?? ''}
        options={EFFORTS}
        {...faults}
      />
      <Field
        id="temperature"
        name="temperature"
        label="Temperature"
        value={sent?.temperature ?? String(settings.temperature ?? '')}
        help="From 0 to 1. Empty: as the model does by itself."
        {...faults}
      />
    </section>
  );
}
