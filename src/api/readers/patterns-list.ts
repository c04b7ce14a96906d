import { z } from 'zod';
import { CATEGORIES } from '../../domain/category.ts';
import type { Storage } from '../../storage/storage.ts';
import { PATTERN_SORTS, type PatternRow, type PatternsPageProps, type Shell } from '../../ui/props.ts';
import { patternRows } from './pattern-rows.ts';
import { oneOf, oneOfOr, queryCursor } from './query-values.ts';

export const patternsQuery = z.object({
  category: oneOf(CATEGORIES),
  sort: oneOfOr(PATTERN_SORTS, 'customers'),
  before: queryCursor,
});

const ROWS = 50;
/** Patterns that are looked through, most customers first: beyond it none is worth a page of its own. */
const MOST = 1000;

/** The Patterns page. Its cursor is the number of rows before it: people read this list from the top. */
export async function patternsList(
  storage: Storage,
  organizationId: string,
  filter: PatternsPageProps['filter'],
  shell: Shell,
): Promise<PatternsPageProps> {
  const { category, sort, before } = filter;
  const [patterns, totalPatterns, integrations] = await Promise.all([
    storage.patterns.list(
      organizationId,
      { ...(category && { category }), sort: sort === 'newest' ? 'newest' : 'customers' },
      MOST,
    ),
    storage.patterns.count(organizationId),
    storage.integrations.list(organizationId),
  ]);
  const skipped = z.coerce.number().int().nonnegative().max(MOST).catch(0).parse(before);
  const end = skipped + ROWS;
  const rows =
    sort === 'rising'
      ? (await patternRows(storage, organizationId, patterns, shell.now)).sort(byRise).slice(skipped, end)
      : await patternRows(storage, organizationId, patterns.slice(skipped, end), shell.now);
  return {
    shell,
    filter,
    rows,
    older: patterns.length > end ? String(end) : null,
    totalPatterns,
    connected: integrations.some(({ state }) => state !== 'connecting' && state !== 'disconnected'),
  };
}

const rise = ({ trend }: PatternRow) => trend.last7Days - trend.weeklyBefore;
const byRise = (a: PatternRow, b: PatternRow) => rise(b) - rise(a);
