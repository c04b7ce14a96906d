import { PageHead } from '../../components/content.tsx';
import { Field, FormError, PostForm, Select } from '../../components/form.tsx';
import {
  CostSection,
  type InsightSettingsPageProps,
  ReadingSection,
  RecordSection,
} from '../../components/insight-settings-sections.tsx';
import { Page } from '../../components/layout.tsx';
import { INSIGHT_SETTINGS_PATH, TAXONOMY_PATH } from '../../links.ts';

const EFFORTS = [
  { value: '', text: 'As the model does by itself' },
  { value: 'low', text: 'Low: cheapest' },
  { value: 'medium', text: 'Medium' },
  { value: 'high', text: 'High: most thorough' },
];
/** How conversations are classified, what it may cost, and what is made of it. */
export function InsightSettingsPage(props: InsightSettingsPageProps) {
  const { shell, errors } = props;
  return (
    <Page shell={shell} title="Insight settings">
      <PageHead
        title="Insight settings"
        lead="How conversations are classified, what that may cost, and what is made of it."
        actions={
          <a class="button secondary" href={TAXONOMY_PATH}>
            Taxonomy
          </a>
        }
      />
      <FormError errors={errors} />
      <PostForm action={INSIGHT_SETTINGS_PATH} csrfToken={shell.csrfToken} class="form">
        <div class="settings-grid">
          <ClassifierSection {...props} />
          <ReadingSection {...props} />
          <CostSection {...props} />
          <RecordSection {...props} />
        </div>
        <button type="submit" class="button primary">
          Save insight settings
        </button>
      </PostForm>
    </Page>
  );
}

function ClassifierSection({ settings, installation, sent, errors }: InsightSettingsPageProps) {
  const auto =
    installation.kind === 'claude'
      ? `Claude (this installation: ${installation.model})`
      : 'Claude where there is a key; this installation has none';
  return (
    <section class="card" aria-labelledby="classifier-heading">
      <h2 id="classifier-heading">Classifier</h2>
      <Select
        id="classifier"
        name="classifier"
        label="Who classifies"
        value={sent?.classifier ?? settings.classifier}
        options={[
          { value: 'auto', text: auto },
          { value: 'offline', text: 'The offline model: no text leaves this house' },
        ]}
        {...(errors && { errors })}
      />
      <Field
        id="model"
        name="model"
        label="Claude's model"
        value={sent?.model ?? settings.model ?? ''}
        placeholder={installation.kind === 'claude' ? installation.model : ''}
        maxLength={100}
        help="Empty: the installation's. Dearer models are surer with unusual conversations."
        {...(errors && { errors })}
      />
      <Select
        id="effort"
        name="effort"
        label="Effort"
        value={sent?.effort ?? settings.effort ?? ''}
        options={EFFORTS}
        {...(errors && { errors })}
      />
      <Field
        id="temperature"
        name="temperature"
        label="Temperature"
        value={sent?.temperature ?? String(settings.temperature ?? '')}
        help="From 0 to 1: how much answers vary. Empty: as the model does by itself."
        {...(errors && { errors })}
      />
    </section>
  );
}
