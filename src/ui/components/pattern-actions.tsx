import { CATEGORIES, CATEGORY_TEXT } from '../../domain/category.ts';
import { patternHref } from '../links.ts';
import type { PatternPageProps } from '../props.ts';
import { Field, PostForm, Select } from './form.tsx';

type Props = Pick<PatternPageProps, 'shell' | 'pattern'>;

/** What people change about a pattern as a whole. */
export function PatternActions({ shell, pattern }: Props) {
  const path = patternHref(pattern.patternId);
  return (
    <section class="card" aria-labelledby="change-heading">
      <h2 id="change-heading">Change this pattern</h2>
      <p class="sub">Later runs follow what is decided here, and each decision can be taken back.</p>
      <details class="pattern-change">
        <summary>Rename or change the category</summary>
        <PostForm action={`${path}/relabel`} csrfToken={shell.csrfToken} class="form">
          <Field id="relabel-title" name="title" label="Title" value={pattern.title} maxLength={120} required />
          <Select
            id="relabel-category"
            name="category"
            label="Category"
            value={pattern.category}
            options={CATEGORIES.map((category) => ({ value: category, text: CATEGORY_TEXT[category].one }))}
          />
          <button type="submit" class="button primary">
            Save
          </button>
        </PostForm>
      </details>
      {pattern.state !== 'dismissed' && (
        <details class="pattern-change">
          <summary>Dismiss</summary>
          <PostForm action={`${path}/dismiss`} csrfToken={shell.csrfToken} class="form">
            <Field id="dismiss-reason" name="reason" label="Why nobody has to look at it" maxLength={500} required />
            <button type="submit" class="button danger">
              Dismiss
            </button>
          </PostForm>
        </details>
      )}
      <details class="pattern-change">
        <summary>Snooze</summary>
        <PostForm action={`${path}/snooze`} csrfToken={shell.csrfToken} class="form">
          <Field
            id="snooze-more"
            name="more"
            type="number"
            label="Until so many more conversations came"
            value="5"
            required
          />
          <button type="submit" class="button secondary">
            Snooze
          </button>
        </PostForm>
      </details>
    </section>
  );
}

/** What becomes of the conversations that are ticked in the list, within its form. */
export function SplitControls({ others }: Pick<PatternPageProps, 'others'>) {
  return (
    <div class="split-controls">
      <Select
        id="split-into"
        name="into"
        label="Put the ticked ones into"
        value=""
        options={[
          { value: '', text: 'A new pattern' },
          ...others.map(({ patternId, title }) => ({ value: patternId, text: title })),
        ]}
      />
      <Field id="split-title" name="title" label="Its title, if new" maxLength={120} />
      <Field id="split-reason" name="reason" label="Why (optional)" maxLength={500} />
      <button type="submit" class="button secondary">
        Not the same: split
      </button>
    </div>
  );
}
