import type { Request } from 'express';
import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { notFound, parseInput, sendHal } from '../http/envelope.ts';
import { PAGE_SIZES } from '../http/page-sizes.ts';
import { halPage, pageOf } from '../http/paging.ts';
import { isoSeconds } from '../http/time.ts';
import type { Organization } from '../store/customers-organizations.ts';
import type { Customer } from '../store/events/customer-events.ts';
import { createConversationsOfCustomers } from './customers-conversations.ts';
import type { CustomerOptions } from './customers-deps.ts';
import { pageParameter } from './parameters.ts';

const listSchema = z.object({ page: pageParameter });

/** The organizations that customers name. Their own properties are not played: the list of these is empty. */
export function organizationEndpoints({ store, baseUrl, shapes, customerJson }: CustomerOptions): Endpoint[] {
  const { organizations } = store.customers;
  const conversations = createConversationsOfCustomers(store);

  function existing(request: Request): Organization {
    const organization = organizations.get(idParam(request));
    if (!organization) throw notFound();
    return organization;
  }

  function customersOf({ id }: Organization): Customer[] {
    return store.customers.saved().filter(({ organization }) => organizations.idOf(organization) === id);
  }

  const conversationsOf = (organization: Organization) =>
    conversations.of(new Set(customersOf(organization).map(({ id }) => id)));

  function organizationJson(organization: Organization): object {
    const { id, name, createdAtMs } = organization;
    return {
      id,
      name,
      website: '',
      description: '',
      location: '',
      logoUrl: '',
      note: '',
      domains: [],
      phones: [],
      brandColor: '',
      customerCount: customersOf(organization).length,
      conversationCount: conversationsOf(organization).length,
      createdAt: isoSeconds(createdAtMs),
      updatedAt: isoSeconds(createdAtMs),
      _links: { self: shapes.link(`/v2/organizations/${id}`) },
    };
  }

  function sendPage<T>(
    [request, response]: Parameters<Endpoint['handle']>,
    name: string,
    { items, size }: { items: T[]; size: number },
    toJson: (item: T) => object,
  ): void {
    const { page } = parseInput(listSchema, request.query);
    sendHal(response, halPage(request, baseUrl, name, pageOf(items, page, size), toJson));
  }

  return [
    {
      method: 'GET',
      template: '/v2/organizations',
      handle(...call) {
        sendPage(call, 'organizations', { items: organizations.all(), size: PAGE_SIZES.others }, organizationJson);
      },
    },
    {
      method: 'GET',
      template: '/v2/organizations/properties',
      handle(...call) {
        sendPage<object>(
          call,
          'organization-properties',
          { items: [], size: PAGE_SIZES.others },
          (property) => property,
        );
      },
    },
    {
      method: 'GET',
      template: '/v2/organizations/{id}',
      handle(request, response) {
        sendHal(response, organizationJson(existing(request)));
      },
    },
    {
      method: 'GET',
      template: '/v2/organizations/{id}/customers',
      handle(...call) {
        const items = customersOf(existing(call[0]));
        sendPage(call, 'customers', { items, size: PAGE_SIZES.others }, customerJson.customer);
      },
    },
    {
      method: 'GET',
      template: '/v2/organizations/{id}/conversations',
      handle(...call) {
        const items = conversationsOf(existing(call[0]));
        sendPage(call, 'conversations', { items, size: PAGE_SIZES.conversations }, (item) => shapes.conversation(item));
      },
    },
  ];
}
