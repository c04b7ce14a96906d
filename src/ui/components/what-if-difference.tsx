import { CATEGORIES, CATEGORY_TEXT, type Category } from '../../domain/category.ts';
import { WHAT_IF_CHANGE_TEXT, WHAT_IF_CHANGES, type WhatIfItem, type WhatIfSide } from '../../domain/what-if.ts';
import { plural } from '../format.ts';
import { conversationHref, patternHref, whatIfHref, withQuery } from '../links.ts';
import type { WhatIfPageProps } from '../views/insights/what-if.tsx';
import { OutcomeBadge } from './badges.tsx';
import { Time } from './content.tsx';
import { Select } from './form.tsx';
import { ListCard } from './list-card.tsx';
import { PageLinks } from './pager.tsx';
import { TableHead } from './table.tsx';

/** The conversations that would be seen otherwise, to be filtered by how. */
export function WhatIfDifference(props: WhatIfPageProps) {
  const { whatIf, summary, items, filter, isFirst, next } = props;
  const here = whatIfHref(whatIf.whatIfId);
  const kinds = WHAT_IF_CHANGES.filter((kind) => summary.changes[kind] > 0);
  return (
    <>
      <ListCard id="difference" title="What would be otherwise">
        {kinds.length > 0 && (
          <nav class="tabs what-if-kinds" aria-label="Kind of difference">
            <a
              href={withQuery(here, { ...filter, change: null })}
              aria-current={filter.change === null ? 'page' : undefined}
            >
              All {summary.differing}
            </a>
            {kinds.map((kind) => (
              <a
                key={kind}
                href={withQuery(here, { ...filter, change: kind })}
                aria-current={filter.change === kind ? 'page' : undefined}
                title={WHAT_IF_CHANGE_TEXT[kind].sentence}
              >
                {WHAT_IF_CHANGE_TEXT[kind].text} {summary.changes[kind]}
              </a>
            ))}
          </nav>
        )}
        {kinds.length > 0 && <CategoryFilter {...props} />}
        {items.length === 0 ? <p class="no-items sub">No conversation to show.</p> : <Items {...props} />}
      </ListCard>
      <PageLinks
        links={[
          isFirst ? null : { href: withQuery(here, { ...filter }), text: 'First' },
          next === null ? null : { href: withQuery(here, { ...filter, after: next }), text: 'Next' },
        ]}
      />
    </>
  );
}

function CategoryFilter({ whatIf, filter }: WhatIfPageProps) {
  const options = [
    { value: '', text: 'Any category' },
    ...CATEGORIES.map((value) => ({ value, text: CATEGORY_TEXT[value].one })),
  ];
  return (
    <form method="get" action={whatIfHref(whatIf.whatIfId)} class="what-if-filter">
      {filter.change && <input type="hidden" name="change" value={filter.change} />}
      <Select id="was" name="was" label="Is now" value={filter.was ?? ''} options={options} />
      <Select id="is" name="is" label="Would be" value={filter.is ?? ''} options={options} />
      <button type="submit" class="button secondary">
        Filter
      </button>
    </form>
  );
}

function Items({ items, shell, titles }: WhatIfPageProps) {
  return (
    <table class="stack">
      <caption class="visually-hidden">{plural(items.length, 'conversation')} that would be seen otherwise</caption>
      <TableHead columns={['Conversation', 'Is now', 'Would be', 'How', 'Reported']} />
      <tbody>
        {items.map((item) => (
          <tr key={`${item.integrationId}/${item.conversationId}`}>
            <td class="lead-cell">
              <a class="row-title" href={conversationHref(item.conversationId)}>
                {item.subject || `Conversation ${item.conversationId}`}
              </a>
            </td>
            <td data-label="Is now">
              <Sides sides={item.before} titles={titles} />
            </td>
            <td data-label="Would be">
              <Sides sides={item.after} titles={titles} />
            </td>
            <td data-label="How">{item.changes.map((kind) => WHAT_IF_CHANGE_TEXT[kind].text).join(', ')}</td>
            <td data-label="Reported" class="nowrap">
              <Time at={item.reportedAt} clock={shell} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Sides({ sides, titles }: { sides: WhatIfItem['before']; titles: ReadonlyMap<string, string> }) {
  return (
    <>
      {sides.map((side, index) => (
        <span key={index} class="block">
          <OutcomeBadge outcome={side.outcome} category={side.category} />
          {detailsOf(side) && <span class="sub block">{detailsOf(side)}</span>}
          <PatternOf patternId={side.patternId} category={side.category} titles={titles} />
        </span>
      ))}
    </>
  );
}

const detailsOf = ({ productArea, severity }: WhatIfSide) =>
  [productArea, severity && `${severity} severity`].filter(Boolean).join(', ');

function PatternOf({
  patternId,
  category,
  titles,
}: {
  patternId: string | null;
  category: Category | null;
  titles: ReadonlyMap<string, string>;
}) {
  if (patternId === null) return category ? <span class="sub block">a pattern of its own</span> : null;
  const title = titles.get(patternId);
  if (!title) return null;
  return (
    <a class="sub block clamp" href={patternHref(patternId)}>
      {title}
    </a>
  );
}
