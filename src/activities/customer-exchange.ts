import { ApplicationFailure } from '@temporalio/common';
import { CUSTOMER_FIELD_NAMES, type CustomerFieldName, type CustomerRecord } from '../domain/customer-record.ts';
import type { SyncErrorCode } from '../domain/sync-error.ts';
import type { HelpScoutClient } from '../helpscout/client.ts';
import { HelpScoutConflict, HelpScoutNotFound, HelpScoutRejected, HelpScoutUncertain } from '../helpscout/errors.ts';
import { customerOperations, touchedFields } from '../helpscout/resources/customer-changes.ts';
import type { KnownCustomer } from '../helpscout/resources/customer-shape.ts';
import { entryChanges, wantedOf, withEntryChanges } from './customer-entries.ts';

/** A lost answer is looked up soon, for searches are mostly quick ... */
const LOOK_SOON_MS = 5_000;
/** ... and a create is sent again only when they have had this long to show the customer. */
const SEARCH_LAG_MS = 60_000;

type Customers = HelpScoutClient['customers'];

export interface Exchange {
  customers: Customers;
  record: CustomerRecord;
  emailTaken: 'match' | 'report';
  /** Told before the first write: the row of the log has to stand by then. */
  beforeWrite(kind: 'create' | 'update', fields: CustomerFieldName[]): Promise<void>;
  /** Remembers since when a create may be under way; null: none is. */
  markCreateSent(at: Date | null): Promise<void>;
  /** Remembers which customer of Help Scout this is. */
  link(helpScoutCustomerId: number): Promise<void>;
  now(): Date;
}

export interface ExchangeResult {
  /** `matched`: somebody in Help Scout had the address, and is this customer from now on. */
  kind: 'created' | 'matched' | 'updated' | 'unchanged';
  fields: CustomerFieldName[];
}

/**
 * Brings Help Scout to what a record says. Creates are not repeatable and Help Scout knows no idempotency keys, so one
 * whose answer was lost is looked for by its address, and searches lag behind writes: it is sent again only after
 * SEARCH_LAG_MS, and is refused then if the first one came through after all, since an address belongs to one customer.
 * @throws ApplicationFailure `uncertain` (worth another try), `emailNotUnique`, `invalidEmail`; else the client's errors
 */
export async function exchangeCustomer(exchange: Exchange): Promise<ExchangeResult> {
  const { customers, record } = exchange;
  const known = record.helpScoutCustomerId === null ? null : await unlessGone(customers, record.helpScoutCustomerId);
  if (known) return update(exchange, known, 'updated');
  const found = await customers.findByEmail(record.fields.email);
  if (found) return adopt(exchange, found.customerId);
  return create(exchange);
}

async function unlessGone(customers: Customers, customerId: number): Promise<KnownCustomer | null> {
  try {
    return await customers.get(customerId);
  } catch (error) {
    // Removed, or merged into another one who has the address now.
    if (error instanceof HelpScoutNotFound) return null;
    throw error;
  }
}

async function adopt(exchange: Exchange, customerId: number): Promise<ExchangeResult> {
  const { customers, record, emailTaken } = exchange;
  // Our own create, or what became of our customer: nobody else's.
  const ours = record.createSentAt !== null || record.helpScoutCustomerId !== null;
  if (!ours && emailTaken === 'report') throw emailNotUnique();
  // Searches may show an older state; what is there now decides what has to change.
  const current = await customers.get(customerId);
  const result = await update(exchange, current, record.createSentAt === null ? 'matched' : 'created');
  await exchange.link(customerId);
  return result;
}

async function create(exchange: Exchange): Promise<ExchangeResult> {
  const { customers, record, emailTaken } = exchange;
  const { createSentAt } = record;
  const sentAgoMs = createSentAt === null ? null : exchange.now().getTime() - createSentAt.getTime();
  if (sentAgoMs !== null && sentAgoMs < SEARCH_LAG_MS) throw uncertain(SEARCH_LAG_MS - sentAgoMs);
  const fields = CUSTOMER_FIELD_NAMES.filter((name) => record.fields[name]);
  await exchange.beforeWrite('create', fields);
  await exchange.markCreateSent(exchange.now());
  try {
    await exchange.link(await customers.create(wantedOf(record.fields)));
    return { kind: 'created', fields };
  } catch (error) {
    if (error instanceof HelpScoutUncertain) throw uncertain(LOOK_SOON_MS);
    if (createSentAt !== null) {
      // An earlier one may have come through and be what stands in the way; the search will show it.
      if (isAddressRefused(error)) throw uncertain(LOOK_SOON_MS);
      await exchange.markCreateSent(createSentAt);
      throw error;
    }
    await exchange.markCreateSent(null);
    if (!isAddressRefused(error)) throw error;
    const holder = await customers.findByEmail(record.fields.email);
    if (holder && emailTaken === 'match') return adopt(exchange, holder.customerId);
    throw addressRefusal(error, holder !== null);
  }
}

async function update(
  exchange: Exchange,
  known: KnownCustomer,
  kind: 'updated' | 'matched' | 'created',
): Promise<ExchangeResult> {
  const { customers, record } = exchange;
  const changes = entryChanges(known, record);
  const moved = withEntryChanges(known, changes);
  const wanted = wantedOf(record.fields);
  const touched = [...changes.map(({ kind: entries }) => entries), ...touchedFields(customerOperations(moved, wanted))];
  const fields = CUSTOMER_FIELD_NAMES.filter((name) => touched.includes(ENTRIES[name] ?? name));
  if (fields.length === 0) return { kind: kind === 'updated' ? 'unchanged' : kind, fields };
  await exchange.beforeWrite('update', fields);
  try {
    for (const { kind: entries, entry, value } of changes) {
      if (value === '') await customers.removeEntry(known.customerId, entries, entry.id);
      else {
        const body = { value, ...(entry.type && { type: entry.type }) };
        await customers.changeEntry(known.customerId, entries, entry.id, body);
      }
    }
    await customers.update(moved, wanted);
    return { kind, fields };
  } catch (error) {
    // Read by its id a customer is as it is: what was lost is seen, and what is missing is sent.
    if (error instanceof HelpScoutUncertain) throw uncertain(LOOK_SOON_MS);
    if (!isAddressRefused(error)) throw error;
    throw addressRefusal(error, (await customers.findByEmail(record.fields.email)) !== null);
  }
}

const ENTRIES: Partial<Record<CustomerFieldName, string>> = { email: 'emails', phone: 'phones', website: 'websites' };

/** 409 is the documented answer, but not confirmed: 400 at the address may say the same. */
const isAddressRefused = (error: unknown): error is HelpScoutRejected =>
  error instanceof HelpScoutConflict ||
  (error instanceof HelpScoutRejected && error.problems.some(({ path }) => path.includes('email')));

const addressRefusal = (error: HelpScoutRejected, held: boolean) =>
  held || error instanceof HelpScoutConflict
    ? emailNotUnique(error)
    : refusal('invalidEmail', 'Help Scout does not accept the address', error);

const emailNotUnique = (error?: HelpScoutRejected) =>
  refusal('emailNotUnique', 'another customer in Help Scout has the address', error);

const refusal = (type: SyncErrorCode, message: string, cause?: HelpScoutRejected) =>
  ApplicationFailure.create({
    ...{ message, type, nonRetryable: true, details: [{ httpStatus: cause?.status }] },
    ...(cause && { cause }),
  });

const uncertain = (waitMs: number) =>
  ApplicationFailure.create({
    message: 'the answer was lost: the customer is looked for before anything is sent again',
    type: 'uncertain' satisfies SyncErrorCode,
    nextRetryDelay: waitMs,
  });
