import type { ClassifierIdentity } from '../../domain/insight.ts';
import type { ProductArea, Taxonomy } from '../../domain/taxonomy.ts';
import { WHAT_IF_DAYS, type WhatIfSettings } from '../../domain/what-if.ts';
import { WHAT_IF_PATH } from '../links.ts';
import type { FieldErrors, Shell } from '../props.ts';
import { ClassifierFields } from './classifier-fields.tsx';
import { FormError, PostForm } from './form.tsx';
import { AmountSetting, ChoiceSetting } from './setting-fields.tsx';
import { TaxonomyAreas } from './taxonomy-areas.tsx';
import { CategoryTexts, Instructions, SeverityTexts } from './taxonomy-texts.tsx';

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

/** What is tried, and on which conversations. */
export function WhatIfForm(props: WhatIfFormProps) {
  const { shell, taxonomy, sent, errors } = props;
  const form = { sent, errors };
  return (
    <PostForm action={WHAT_IF_PATH} csrfToken={shell.csrfToken} class="form">
      <FormError errors={errors} />
      <input type="hidden" name="version" value={String(taxonomy.version)} />
      <div class="settings-grid">
        <section class="card" aria-labelledby="instructions-heading">
          <h2 id="instructions-heading">Instructions</h2>
          <Instructions taxonomy={taxonomy} {...form} />
          <p class="sub">Read by Claude alone.</p>
        </section>
        <SettingsSection {...props} />
      </div>
      <details class="card" open={errors !== undefined}>
        <summary>Categories and severities</summary>
        <CategoryTexts taxonomy={taxonomy} {...form} />
        <SeverityTexts taxonomy={taxonomy} {...form} />
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
  const form = { sent, errors };
  return (
    <section class="card" aria-labelledby="settings-heading">
      <h2 id="settings-heading">Conversations and classifier</h2>
      <ChoiceSetting
        id="days"
        name="days"
        label="Conversations of the last"
        set={String(USUAL_DAYS)}
        options={WHAT_IF_DAYS.map((days) => ({ value: String(days), text: `${days} days` }))}
        {...form}
      />
      <AmountSetting
        id="review-percent"
        name="reviewPercent"
        label="A person decides below so many percent of confidence"
        set={Math.round(settings.reviewBelow * 100)}
        help="Changing this alone asks nobody anew, and costs nothing."
        {...form}
      />
      <ClassifierFields
        settings={settings}
        installation={installation}
        choices={{
          auto: installation.kind === 'claude' ? 'Claude' : 'Claude where there is a key',
          offline: 'The offline model',
        }}
        help={{
          model: "Empty: the installation's.",
          temperature: 'From 0 to 1. Empty: as the model does by itself.',
        }}
        {...form}
      />
    </section>
  );
}
