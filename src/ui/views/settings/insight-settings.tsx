import { ClassifierFields } from '../../components/classifier-fields.tsx';
import { PageHead } from '../../components/content.tsx';
import { FormError, PostForm } from '../../components/form.tsx';
import {
  CostSection,
  type InsightSettingsPageProps,
  ReadingSection,
  RecordSection,
} from '../../components/insight-settings-sections.tsx';
import { Page } from '../../components/layout.tsx';
import { INSIGHT_SETTINGS_PATH, TAXONOMY_PATH } from '../../links.ts';

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
  return (
    <section class="card" aria-labelledby="classifier-heading">
      <h2 id="classifier-heading">Classifier</h2>
      <ClassifierFields
        settings={settings}
        installation={installation}
        choices={{
          auto:
            installation.kind === 'claude'
              ? `Claude (this installation: ${installation.model})`
              : 'Claude where there is a key; this installation has none',
          offline: 'The offline model: no text leaves this house',
        }}
        help={{
          model: "Empty: the installation's. Dearer models are surer with unusual conversations.",
          temperature: 'From 0 to 1: how much answers vary. Empty: as the model does by itself.',
        }}
        sent={sent}
        errors={errors}
      />
    </section>
  );
}
