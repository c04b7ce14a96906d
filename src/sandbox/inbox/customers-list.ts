import { z } from 'zod';
import { cursorOf, halCursorPage, positionOf } from '../http/cursor-paging.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { parseInput, sendHal } from '../http/envelope.ts';
import { PAGE_SIZES } from '../http/page-sizes.ts';
import { halPage, pageOf } from '../http/paging.ts';
import type { Customer } from '../store/events/customer-events.ts';
import { createConversationsOfCustomers } from './customers-conversations.ts';
import type { CustomerDeps } from './customers-deps.ts';
import { customerQuery } from './customers-query.ts';
import { idParameter, pageParameter, timeParameter } from './parameters.ts';

const SORT_FIELDS = ['createdAt', 'firstName', 'lastName', 'modifiedAt', 'score'] as const;

const filterSchema = z.object({
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  modifiedSince: timeParameter.optional(),
  query: z.string().optional(),
});
const pagedSchema = filterSchema.extend({
  mailbox: idParameter.optional(),
  sortField: z.enum(SORT_FIELDS).default('createdAt'),
  sortOrder: z.enum(['desc', 'asc']).default('desc'),
  page: pageParameter,
});
const cursorSchema = filterSchema.extend({
  email: z.string().optional(),
  createdSince: timeParameter.optional(),
  cursor: z.string().optional(),
});
type Test = (customer: Customer) => boolean;

/** Both lists are answered from the search index, which may lag behind. */
export function customerListEndpoints({ store, baseUrl, switches, customerJson, now }: CustomerDeps): Endpoint[] {
  const conversations = createConversationsOfCustomers(store);

  function found(tests: Test[]): Customer[] {
    return [...store.customers.indexed()].filter((customer) => tests.every((test) => test(customer)));
  }

  return [
    {
      method: 'GET',
      template: '/v2/customers',
      handle(request, response) {
        const { mailbox, sortField, sortOrder, page, ...filters } = parseInput(pagedSchema, request.query);
        const tests = testsOf(filters, now());
        if (mailbox !== undefined) {
          const ids = conversations.customersIn(mailbox);
          tests.push(({ id }) => ids.has(id));
        }
        const ascending = found(tests).sort(comparisons[sortField]);
        const customers = pageOf(sortOrder === 'asc' ? ascending : ascending.reverse(), page, PAGE_SIZES.others);
        sendHal(response, halPage(request, baseUrl, 'customers', customers, customerJson.among(customers.items)));
      },
    },
    {
      method: 'GET',
      template: '/v3/customers',
      handle(request, response) {
        const { email, createdSince, cursor, ...filters } = parseInput(cursorSchema, request.query);
        const tests = testsOf(filters, now());
        if (createdSince !== undefined) tests.push(({ createdAtMs }) => createdAtMs > createdSince);
        if (email !== undefined) tests.push(addressTest(email, switches.values.customers.emailFilter));
        if (cursor !== undefined) tests.push(isAfter(cursor));
        const rest = found(tests).sort(comparisons.createdAt).reverse();
        const items = rest.slice(0, PAGE_SIZES.cursorLists);
        const last = items.at(-1);
        const nextCursor = last && rest.length > items.length ? cursorOf(last.createdAtMs, last.id) : null;
        sendHal(
          response,
          halCursorPage(request, baseUrl, 'customers', { items, nextCursor }, customerJson.among(items)),
        );
      },
    },
  ];
}

/** What the filters of either list demand; all of it must hold. */
function testsOf({ firstName, lastName, modifiedSince, query }: z.infer<typeof filterSchema>, nowMs: number): Test[] {
  const tests: Test[] = [];
  if (firstName !== undefined) tests.push((customer) => isSame(customer.firstName, firstName));
  if (lastName !== undefined) tests.push((customer) => isSame(customer.lastName, lastName));
  if (modifiedSince !== undefined) tests.push(({ updatedAtMs }) => updatedAtMs > modifiedSince);
  if (query !== undefined) tests.push(customerQuery(query, nowMs));
  return tests;
}

/** Whether the original's filter takes only whole addresses is not certain, so either can be had. */
function addressTest(wanted: string, mode: 'contains' | 'exact'): Test {
  const text = wanted.trim().toLowerCase();
  return ({ emails }) =>
    emails.some(({ value }) => (mode === 'exact' ? value.toLowerCase() === text : value.toLowerCase().includes(text)));
}

/** Newest first, so what comes after is older; the id decides between equals. */
function isAfter(cursor: string): Test {
  const [createdAtMs = 0, id = 0] = positionOf(cursor, 2);
  return (customer) => customer.createdAtMs < createdAtMs || (customer.createdAtMs === createdAtMs && customer.id < id);
}

const byName = (key: 'firstName' | 'lastName') => (one: Customer, other: Customer) =>
  compare(one[key].toLowerCase(), other[key].toLowerCase()) || one.id - other.id;

const comparisons: Record<(typeof SORT_FIELDS)[number], (one: Customer, other: Customer) => number> = {
  createdAt: (one, other) => one.createdAtMs - other.createdAtMs || one.id - other.id,
  modifiedAt: (one, other) => one.updatedAtMs - other.updatedAtMs || one.id - other.id,
  firstName: byName('firstName'),
  lastName: byName('lastName'),
  // Relevance is not played: all are equal and the id decides.
  score: (one, other) => one.id - other.id,
};

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.trim().toLowerCase();
