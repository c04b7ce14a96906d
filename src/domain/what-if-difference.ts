import type { Insight } from './insight.ts';
import type { WhatIfChange } from './what-if.ts';

type Seen = Pick<Insight, 'category' | 'productArea' | 'severity' | 'documentation'>;
type Pair = readonly [Seen, Seen];

/**
 * How a conversation is seen otherwise, by its issues as they are and as they would be, the main one first. Confidence
 * and words of a summary are no difference: nobody acts on them.
 */
export function whatIfChanges(before: readonly Seen[], after: readonly Seen[]): WhatIfChange[] {
  const pairs = before.flatMap((issue, index): Pair[] => {
    const other = after[index];
    return other ? [[issue, other]] : [];
  });
  const some = (differs: (was: Seen, is: Seen) => boolean) => pairs.some(([was, is]) => differs(was, is));
  const both = (was: Seen, is: Seen) => was.category !== null && is.category !== null;
  const found: Record<WhatIfChange, boolean> = {
    moved: some((was, is) => both(was, is) && was.category !== is.category),
    classified: some((was, is) => was.category === null && is.category !== null),
    dropped: some((was, is) => was.category !== null && is.category === null),
    split: after.length > before.length,
    merged: after.length < before.length,
    // Without a category there is nothing that could have another severity.
    area: some((was, is) => was.productArea !== is.productArea),
    severity: some((was, is) => both(was, is) && was.severity !== is.severity),
    documentation: some((was, is) => both(was, is) && findingOf(was) !== findingOf(is)),
  };
  return Object.entries(found).flatMap(([name, differs]) => (differs ? [name as WhatIfChange] : []));
}

/** What is wrong with the help, and which article: not how the article is called today. */
const findingOf = ({ documentation }: Seen): string =>
  documentation === null ? '' : `${documentation.problem} ${documentation.article?.articleId ?? ''}`;
