import type { ProductArea, Taxonomy } from '../../../domain/taxonomy.ts';
import { PageHead } from '../../components/content.tsx';
import { FormError, PostForm } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { TaxonomyAreas } from '../../components/taxonomy-areas.tsx';
import { CategoryTexts, Instructions, SeverityTexts } from '../../components/taxonomy-texts.tsx';
import { TaxonomyVersions, type VersionRow } from '../../components/taxonomy-versions.tsx';
import { INSIGHT_SETTINGS_PATH, TAXONOMY_PATH } from '../../links.ts';
import type { FieldErrors, Shell } from '../../props.ts';

/** GET and POST /settings/taxonomy; POST /settings/taxonomy/restore. */
export interface TaxonomyPageProps {
  shell: Shell;
  /** The one in force. */
  taxonomy: Taxonomy;
  /** Areas that mapped help collections name and the taxonomy does not. */
  learned: readonly ProductArea[];
  /** Newest first. */
  versions: readonly VersionRow[];
  /** After a refused form: what was sent instead of what is in force. */
  sent?: Readonly<Record<string, string>>;
  errors?: FieldErrors;
}

/** By what conversations are classified, in the organization's own words. */
export function TaxonomyPage(props: TaxonomyPageProps) {
  const { shell, taxonomy, versions, sent, errors } = props;
  const form = { sent, errors };
  return (
    <Page shell={shell} title="Taxonomy">
      <PageHead
        title="Taxonomy"
        lead="What the categories mean to you, how severe is severe, and the parts of your product. Claude is told all of it; the offline model uses the product areas."
        actions={
          <a class="button secondary" href={INSIGHT_SETTINGS_PATH}>
            Insight settings
          </a>
        }
      />
      <FormError errors={errors} />
      <div class="columns">
        <PostForm action={TAXONOMY_PATH} csrfToken={shell.csrfToken} class="form">
          <input type="hidden" name="version" value={String(taxonomy.version)} />
          <section class="card" aria-labelledby="categories-heading">
            <h2 id="categories-heading">Categories</h2>
            <CategoryTexts taxonomy={taxonomy} {...form} />
          </section>
          <section class="card" aria-labelledby="severities-heading">
            <h2 id="severities-heading">Severity of bugs</h2>
            <SeverityTexts taxonomy={taxonomy} {...form} />
          </section>
          <TaxonomyAreas {...props} />
          <section class="card" aria-labelledby="instructions-heading">
            <h2 id="instructions-heading">Own instructions</h2>
            <Instructions
              taxonomy={taxonomy}
              help="Such as what your product's own words mean, or where a category ends. Read by Claude alone."
              {...form}
            />
          </section>
          <button type="submit" class="button primary">
            Save as a new version
          </button>
        </PostForm>
        <TaxonomyVersions shell={shell} versions={versions} />
      </div>
    </Page>
  );
}
