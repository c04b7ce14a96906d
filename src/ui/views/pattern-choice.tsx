import { CategoryBadge } from '../components/badges.tsx';
import { EmptyState, PageHead } from '../components/content.tsx';
import { FilterForm } from '../components/filter-form.tsx';
import { Field, PostButton } from '../components/form.tsx';
import { Page } from '../components/layout.tsx';
import { plural } from '../format.ts';
import { patternHref } from '../links.ts';
import type { ChoosePatternPageProps } from '../props.ts';

/** Choosing the pattern that another is merged into, or that a conversation is moved to. */
export function ChoosePatternPage({ shell, pattern, moved, q, rows }: ChoosePatternPageProps) {
  const path = `${patternHref(pattern.patternId)}/${moved ? `move/${moved.conversationId}` : 'merge'}`;
  const title = moved ? 'Move a conversation' : 'Merge patterns';
  return (
    <Page shell={shell} title={title}>
      <PageHead
        back={{ href: patternHref(pattern.patternId), text: pattern.title }}
        title={title}
        lead={
          moved
            ? `“${moved.subject}” goes to the pattern you choose, and later runs leave it there.`
            : `All of “${pattern.title}” goes into the pattern you choose, and so does what comes later.`
        }
      />
      <FilterForm action={path} target="pattern-choice" label="Search patterns">
        {moved && <input type="hidden" name="issue" value={moved.issue} />}
        <div class="grow">
          <Field
            id="choice-q"
            name="q"
            label="Search"
            type="search"
            value={q}
            placeholder="Words of the title"
            autofocus
          />
        </div>
      </FilterForm>
      <div id="pattern-choice" class="results">
        <div class="card">
          {rows.length === 0 ? (
            <EmptyState icon="search" title="No other pattern with these words">
              <p>Try one word of its title.</p>
            </EmptyState>
          ) : (
            <ul class="pattern-pairs" aria-label="Patterns to choose from">
              {rows.map((row) => (
                <li key={row.patternId}>
                  <span class="stacked">
                    <a href={patternHref(row.patternId)}>{row.title}</a>
                    <span class="sub">
                      {plural(row.customers, 'customer')}, {plural(row.conversations, 'conversation')}
                      {row.apart && '; somebody said that it is not the same'}
                    </span>
                  </span>
                  <CategoryBadge category={row.category} />
                  <PostButton
                    action={path}
                    csrfToken={shell.csrfToken}
                    fields={{
                      into: row.patternId,
                      ...(moved && { issue: String(moved.issue) }),
                      ...(row.apart && { despite: 'yes' }),
                    }}
                    label={`${verb(moved !== null, row.apart)}: ${row.title}`}
                  >
                    {verb(moved !== null, row.apart)}
                  </PostButton>
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </Page>
  );
}

const verb = (moves: boolean, apart: boolean) =>
  moves ? 'Move here' : apart ? 'Merge all the same' : 'Merge into this';
