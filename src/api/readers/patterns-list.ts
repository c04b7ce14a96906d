import { z } from 'zod';
import { CATEGORIES } from '../../domain/category.ts';
import { PATTERN_STATES } from '../../domain/pattern.ts';
import type { Storage } from '../../storage/storage.ts';
import { PATTERN_SORTS, type PatternRow, type PatternsPageProps, type Shell } from '../../ui/props.ts';
import { patternRows } from './pattern-rows.ts';
import { oneOf, oneOfOr, queryCursor } from './query-values.ts';
import { suggestedPairs } from './similar-patterns.ts';

export const patternsQuery = z.object({
  category: oneOf(CATEGORIES),
  state: oneOfOr(PATTERN_STATES, 'open'),
  sort: oneOfOr(PATTERN_SORTS, 'customers'),
  before: queryCursor,
});

const ROWS = 50;
/** Patterns that are looked through, most customers first: beyond it none is worth a page of its own. */
const MOST = 1000;

/** The Patterns page. */
export async function patternsList(
  storage: Storage,
  organizationId: string,
  filter: PatternsPageProps['filter'],
  shell: Shell,
): Promise<PatternsPageProps> {
  const [found, totalPatterns, integrations, suggestions] = await Promise.all([
    findPatterns(storage, organizationId, filter, shell.now, ROWS),
    storage.patterns.count(organizationId),
    storage.integrations.list(organizationId),
    suggestedPairs(storage, organizationId),
  ]);
  return {
    shell,
    filter,
    ...found,
    totalPatterns,
    suggestions,
    connected: integrations.some(({ state }) => state !== 'connecting' && state !== 'disconnected'),
  };
}

/** Some patterns of a filter. The cursor is the number of rows before: this list is read from the top. */
export async function findPatterns(
  storage: Storage,
  organizationId: string,
  { category, state, sort, before }: PatternsPageProps['filter'],
  now: Date,
  limit: number,
): Promise<{ rows: PatternRow[]; older: string | null }> {
  const patterns = await storage.patterns.list(
    organizationId,
    { ...(category && { category }), state, sort: sort === 'newest' ? 'newest' : 'customers' },
    MOST,
  );
  const skipped = z.coerce.number().int().nonnegative().max(MOST).catch(0).parse(before);
  const end = skipped + limit;
  const rows =
    sort === 'rising'
      ? (await patternRows(storage, organizationId, patterns, now)).sort(byRise).slice(skipped, end)
      : await patternRows(storage, organizationId, patterns.slice(skipped, end), now);
  return { rows, older: patterns.length > end ? String(end) : null };
}

const rise = ({ trend }: PatternRow) => trend.last7Days - trend.weeklyBefore;
const byRise = (a: PatternRow, b: PatternRow) => rise(b) - rise(a);
