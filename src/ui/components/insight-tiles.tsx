import { CATEGORIES, CATEGORY_TEXT, type Category } from '../../domain/category.ts';
import { formatCount, formatPercent } from '../format.ts';
import { insightsHref } from '../links.ts';
import type { InsightsListProps } from '../props.ts';
import { Icon } from './icon.tsx';

/** Counts by category; each is a link that filters by it, or takes the filter away again. */
export function InsightTiles({
  filter,
  counts,
  needsReview,
}: Pick<InsightsListProps, 'filter' | 'counts' | 'needsReview'>) {
  const sum = CATEGORIES.reduce((total, category) => total + counts[category], 0);
  const newest = { ...filter, before: null };
  return (
    <nav class="tiles" aria-label="Counts by category">
      {CATEGORIES.map((category) => (
        <Tile
          key={category}
          tone={category}
          text={CATEGORY_TEXT[category].many}
          count={counts[category]}
          note={sum > 0 ? formatPercent(counts[category] / sum) : '–'}
          current={filter.category === category}
          href={insightsHref({ ...newest, category: filter.category === category ? null : category })}
        />
      ))}
      <Tile
        tone="review"
        text="Needs review"
        count={needsReview}
        note={needsReview > 0 ? 'no answer' : 'all clear'}
        current={filter.attention === 'needsReview'}
        href={insightsHref({ ...newest, attention: filter.attention === 'needsReview' ? null : 'needsReview' })}
      />
    </nav>
  );
}

interface TileProps {
  tone: Category | 'review';
  text: string;
  count: number;
  note: string;
  current: boolean;
  href: string;
}

function Tile({ tone, text, count, note, current, href }: TileProps) {
  return (
    <a class={`tile series-${tone}`} href={href} aria-current={current ? 'true' : undefined}>
      <span class="tile-label">
        <Icon name={tone === 'review' ? 'alert' : tone} />
        {text}
      </span>
      <span class="tile-count">
        {formatCount(count)} <span class="sub">{note}</span>
      </span>
    </a>
  );
}
