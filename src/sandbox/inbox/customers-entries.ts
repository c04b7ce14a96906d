import type { Request } from 'express';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { notFound, parseInput, sendCreated, sendHal } from '../http/envelope.ts';
import { type Customer, ENTRY_KINDS, type Entry, type EntryKind } from '../store/events/customer-events.ts';
import type { CustomerDeps } from './customers-deps.ts';
import { entrySchemas } from './customers-input.ts';
import { EMBEDDED_NAMES, ENTRY_PATHS, entryJson } from './customers-json.ts';

/** The customers' addresses, numbers, accounts and sites, each kind with its own paths. */
export function entryEndpoints(deps: CustomerDeps): Endpoint[] {
  return ENTRY_KINDS.flatMap((kind) => endpointsOf(kind, deps));
}

function endpointsOf(kind: EntryKind, deps: CustomerDeps): Endpoint[] {
  const { store, customerJson, customerWrites, checkAddresses, existing, changeable } = deps;
  const path = ENTRY_PATHS[kind];
  const list = `/v2/customers/{id}/${path}`;
  const single = `${list}/{entryId}`;

  function entryOf(customer: Customer, request: Request): Entry {
    const entry = customer[kind].find(({ id }) => id === idParam(request, 'entryId'));
    if (!entry) throw notFound();
    return entry;
  }

  function change(customer: Customer, entries: Entry[]): void {
    const changed = { ...customer, [kind]: entries };
    checkAddresses(changed.emails, customer.id);
    customerWrites.change(changed);
  }

  return [
    {
      method: 'GET',
      template: list,
      handle(request, response) {
        const customer = existing(request);
        const entries = customer[kind].map(entryJson);
        sendHal(response, {
          ...(entries.length > 0 && { _embedded: { [EMBEDDED_NAMES[kind]]: entries } }),
          _links: { self: customerJson.link(`/v2/customers/${customer.id}/${path}/`) },
        });
      },
    },
    {
      method: 'POST',
      template: list,
      handle(request, response) {
        const customer = changeable(request);
        const entry = { id: store.customers.nextEntryId(), ...parseInput(entrySchemas[kind], request.body) };
        change(customer, [...customer[kind], entry]);
        sendCreated(response, entry.id, customerJson.link(`/v2/customers/${customer.id}/${path}/${entry.id}`).href);
      },
    },
    {
      method: 'PUT',
      template: single,
      handle(request, response) {
        const customer = changeable(request);
        const { id } = entryOf(customer, request);
        const entry = { id, ...parseInput(entrySchemas[kind], request.body) };
        change(
          customer,
          customer[kind].map((known) => (known.id === id ? entry : known)),
        );
        response.status(204).end();
      },
    },
    {
      method: 'DELETE',
      template: single,
      handle(request, response) {
        const customer = changeable(request);
        const { id } = entryOf(customer, request);
        change(
          customer,
          customer[kind].filter((known) => known.id !== id),
        );
        response.status(204).end();
      },
    },
  ];
}
