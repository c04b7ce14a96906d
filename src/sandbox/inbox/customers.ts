import type { Request } from 'express';
import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { ApiError, notFound, parseInput, sendCreated, sendHal } from '../http/envelope.ts';
import { emptyCustomer } from '../store/customers.ts';
import type { Customer } from '../store/events/customer-events.ts';
import { customerPropertyEndpoints } from './customer-properties.ts';
import { addressEndpoints } from './customers-address.ts';
import { createAddressCheck } from './customers-addresses.ts';
import { createConversationsOfCustomers } from './customers-conversations.ts';
import type { CustomerDeps, CustomerOptions } from './customers-deps.ts';
import { entryEndpoints } from './customers-entries.ts';
import { customerFieldsSchema, overwriteSchema, SCALARS } from './customers-input.ts';
import { customerListEndpoints } from './customers-list.ts';
import { patchCustomerEndpoint } from './customers-patch.ts';
import { parsePropertyValue, propertyAt } from './customers-property-values.ts';

/** Whoever has more conversations than this is deleted only in the asynchronous form. */
const MAX_CONVERSATIONS = 100;
/** What a PUT makes of the fields that it leaves out. */
const nobody = emptyCustomer(0, 0);
const EMPTY_SCALARS = Object.fromEntries(SCALARS.map((field) => [field, nobody[field]]));
const deleteSchema = z.object({ async: z.enum(['true', 'false']).default('false') });

/** The customers, their entries and properties. */
export function customerEndpoints(options: CustomerOptions): Endpoint[] {
  const { store, switches } = options;
  function existing(request: Request): Customer {
    const customer = store.customers.get(idParam(request));
    if (!customer) throw notFound();
    return customer;
  }
  function changeable(request: Request): Customer {
    const customer = existing(request);
    if (switches.values.customers.locked.includes(customer.id)) throw new ApiError(423, 'Locked');
    return customer;
  }
  const deps: CustomerDeps = { ...options, checkAddresses: createAddressCheck(options), existing, changeable };
  return [
    ...customerListEndpoints(deps),
    ...singleCustomerEndpoints(deps),
    patchCustomerEndpoint(deps),
    ...entryEndpoints(deps),
    ...addressEndpoints(deps),
    ...customerPropertyEndpoints(deps),
  ];
}

function singleCustomerEndpoints(deps: CustomerDeps): Endpoint[] {
  const { store, switches, customerJson, customerWrites, checkAddresses, existing, changeable } = deps;
  const conversations = createConversationsOfCustomers(store);

  function overwritten(customer: Customer, request: Request): Customer {
    const fields = parseInput(overwriteSchema, request.body);
    const isReset = switches.values.customers.omittedOnPut === 'reset';
    return { ...customer, ...(isReset && EMPTY_SCALARS), ...fields };
  }

  return [
    {
      method: 'GET',
      template: '/v2/customers/{id}',
      handle(request, response) {
        sendHal(response, customerJson.customer(existing(request)));
      },
    },
    {
      method: 'POST',
      template: '/v2/customers',
      handle(request, response) {
        const fields = parseInput(customerFieldsSchema, request.body);
        const properties = (fields.properties ?? []).map(({ slug, value }, index) => {
          const at = `properties[${index}]`;
          return { slug, value: parsePropertyValue(propertyAt(store, slug, `${at}.slug`), value, `${at}.value`) };
        });
        checkAddresses(fields.emails ?? []);
        const { id } = customerWrites.create({ ...fields, properties });
        sendCreated(response, id, customerJson.link(`/v2/customers/${id}`).href);
      },
    },
    {
      method: 'PUT',
      template: '/v2/customers/{id}',
      handle(request, response) {
        customerWrites.change(overwritten(changeable(request), request));
        response.status(204).end();
      },
    },
    {
      method: 'DELETE',
      template: '/v2/customers/{id}',
      handle(request, response) {
        const { async: isAsync } = parseInput(deleteSchema, request.query);
        const { id } = changeable(request);
        const theirs = conversations.of(new Set([id]));
        if (theirs.length > MAX_CONVERSATIONS && isAsync === 'false') {
          throw new ApiError(412, `The customer has more than ${MAX_CONVERSATIONS} conversations`);
        }
        customerWrites.remove(id, theirs);
        response.status(204).end();
      },
    },
  ];
}
