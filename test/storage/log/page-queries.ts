import type { LogFacet } from '../../../src/storage/log-facets.ts';
import { readFilter } from '../../../src/storage/sync-event-filter.ts';
import { type Order, queriesOf, stripesOf } from '../../../src/storage/sync-event-stripes.ts';
import { GENERATED } from './generated-log.ts';
import { pageFilters } from './page-filters.ts';

const CURSOR = { at: new Date(GENERATED.until.getTime() - 4 * 86_400_000), id: 'row-0000700' };

export interface PageQuery {
  filter: Record<string, unknown>;
  order: Order;
}

/** Every query that a list sends for every filter of the page: first and further pages, in both orders. */
export function* pageQueries(organizationId: string, facets: readonly LogFacet[]): Generator<PageQuery> {
  for (const filter of pageFilters().map(readFilter)) {
    for (const stripe of stripesOf(filter, facets)) {
      for (const order of ['newestFirst', 'oldestFirst'] as const) {
        for (const cursor of [undefined, CURSOR]) {
          for (const query of queriesOf(organizationId, stripe, filter, order, cursor)) yield { filter: query, order };
        }
      }
    }
  }
}

/** A query without its values: those with the same fields and operators are answered alike. */
export const shapeOf = (filter: Record<string, unknown>): string =>
  Object.entries(filter)
    .map(([field, value]) =>
      typeof value !== 'object' || value === null || value instanceof Date
        ? field
        : `${field} ${Object.keys(value).join()}`,
    )
    .join(' ');
