import { CATEGORIES, CATEGORY_TEXT, SEVERITIES } from '../../../domain/category.ts';
import type { ProductArea, Taxonomy } from '../../../domain/taxonomy.ts';
import { PageHead } from '../../components/content.tsx';
import { FormError, PostForm } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { TaxonomyAreas } from '../../components/taxonomy-areas.tsx';
import { TaxonomyVersions, type VersionRow } from '../../components/taxonomy-versions.tsx';
import { TextArea } from '../../components/text-area.tsx';
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
  const text = (name: string, saved: string) => sent?.[name] ?? saved;
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
            {CATEGORIES.map((name) => (
              <TextArea
                key={name}
                id={`definition-${name}`}
                name={`definition-${name}`}
                label={CATEGORY_TEXT[name].many}
                value={text(`definition-${name}`, taxonomy.definitions[name])}
                rows={2}
                required
                {...(errors && { errors })}
              />
            ))}
          </section>
          <section class="card" aria-labelledby="severities-heading">
            <h2 id="severities-heading">Severity of bugs</h2>
            {[...SEVERITIES].reverse().map((name) => (
              <TextArea
                key={name}
                id={`severity-${name}`}
                name={`severity-${name}`}
                label={`${name[0]?.toUpperCase()}${name.slice(1)}`}
                value={text(`severity-${name}`, taxonomy.severities[name])}
                rows={2}
                required
                {...(errors && { errors })}
              />
            ))}
          </section>
          <TaxonomyAreas {...props} />
          <section class="card" aria-labelledby="instructions-heading">
            <h2 id="instructions-heading">Own instructions</h2>
            <TextArea
              id="instructions"
              name="instructions"
              label="What else the classifier should know"
              value={text('instructions', taxonomy.instructions)}
              rows={6}
              help="Such as what your product's own words mean, or where a category ends. Read by Claude alone."
              {...(errors && { errors })}
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
