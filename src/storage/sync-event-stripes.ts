import { SYNC_STATUSES } from '../domain/sync-event.ts';
import type { LogFacet } from './log-facets.ts';
import type { Cursor } from './paging.ts';
import type { ReadFilter } from './sync-event-filter.ts';

export const SORT = {
  newestFirst: { createdAt: -1, eventId: -1 },
  oldestFirst: { createdAt: 1, eventId: 1 },
} as const;
export type Order = keyof typeof SORT;
/** Single values for the fields that an index begins with: the rows that have them lie in it in the list's order. */
export type Stripe = Readonly<Record<string, string | number>>;

/**
 * The stripes whose rows, taken together, include all that a filter means. Several values of one field are several
 * stripes: in a query (`$in`) they would cost a sort. What the stripes do not settle is left to `fits`.
 * @param facets the combinations of type and direction that the organization has rows of
 */
export function stripesOf(filter: ReadFilter, facets: readonly LogFacet[]): Stripe[] {
  const { submissionId, conversationId, customerExternalId, customerEmail, errorCode } = filter;
  const kinds = kindsOf(filter, facets);
  const narrowed = kinds.length < facets.length * SYNC_STATUSES.length;
  const ofKinds = (stripe: Stripe) => kinds.map((kind) => ({ ...stripe, ...kind }));
  const faceted = (stripe: Stripe) => {
    if (errorCode !== undefined) return ofKinds({ ...stripe, 'error.code': errorCode });
    return narrowed ? ofKinds(stripe) : [stripe];
  };
  // A submission has a row or two.
  if (submissionId !== undefined) return [{ submissionId }];
  if (customerExternalId !== undefined) return faceted({ customerExternalId });
  if (conversationId !== undefined) return faceted({ conversationId });
  if (customerEmail !== undefined) return faceted({ customerEmail });
  return faceted({});
}

const EVER = new Date(0);

const kindsOf = ({ types, statuses = SYNC_STATUSES, direction }: ReadFilter, facets: readonly LogFacet[]) =>
  facets
    .filter((facet) => (types?.includes(facet.type) ?? true) && (direction ?? facet.direction) === facet.direction)
    .flatMap(({ type, direction }) => statuses.map((status) => ({ type, status, direction })));

/**
 * The queries that read one stripe from `after` on, one behind the other. Each has single values for the first fields of
 * an index and a range of the next one, in place of an `$or`, which not every server reads from an index.
 */
export function queriesOf(
  organizationId: string,
  stripe: Stripe,
  { from, to }: ReadFilter,
  order: Order,
  after?: Cursor,
): Record<string, unknown>[] {
  const fixed = { organizationId, ...stripe };
  // Without a range of time, SecantusDB does not see that a partial index holds all of the stripe.
  const since = { $gte: from ?? EVER };
  const until = to && { $lt: to };
  if (!after) return [{ ...fixed, createdAt: { ...since, ...until } }];
  const { at, id } = after;
  const sameTime = (from === undefined || at >= from) && (to === undefined || at < to);
  const [beyondId, beyond] =
    order === 'newestFirst'
      ? [{ $lt: id }, { ...since, $lt: to && to < at ? to : at }]
      : [{ $gt: id }, { ...(from && from > at ? since : { $gt: at }), ...until }];
  const rest = { ...fixed, createdAt: beyond };
  return [...(sameTime ? [{ ...fixed, createdAt: at, eventId: beyondId }] : []), rest];
}
