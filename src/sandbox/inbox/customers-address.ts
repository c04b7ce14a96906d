import type { Endpoint } from '../http/endpoint.ts';
import { ApiError, notFound, parseInput, sendHal } from '../http/envelope.ts';
import type { CustomerDeps } from './customers-deps.ts';
import { addressSchema } from './customers-input.ts';
import { addressJson } from './customers-json.ts';

const TEMPLATE = '/v2/customers/{id}/address';

/** The one postal address of a customer. */
export function addressEndpoints({ customerJson, customerWrites, existing, changeable }: CustomerDeps): Endpoint[] {
  return [
    {
      method: 'GET',
      template: TEMPLATE,
      handle(request, response) {
        const { id, address } = existing(request);
        if (!address) throw notFound();
        const self = customerJson.link(`/v2/customers/${id}/address`);
        sendHal(response, { ...addressJson(address), _links: { self } });
      },
    },
    {
      method: 'POST',
      template: TEMPLATE,
      handle(request, response) {
        const customer = changeable(request);
        if (customer.address) throw new ApiError(409, 'Conflict');
        customerWrites.change({ ...customer, address: parseInput(addressSchema, request.body) });
        // It has no id of its own, so there is nothing for a Resource-ID.
        response.setHeader('Location', customerJson.link(`/v2/customers/${customer.id}/address`).href);
        response.status(201).end();
      },
    },
    {
      method: 'PUT',
      template: TEMPLATE,
      handle(request, response) {
        const customer = changeable(request);
        if (!customer.address) throw notFound();
        customerWrites.change({ ...customer, address: parseInput(addressSchema, request.body) });
        response.status(204).end();
      },
    },
    {
      method: 'DELETE',
      template: TEMPLATE,
      handle(request, response) {
        const customer = changeable(request);
        if (!customer.address) throw notFound();
        customerWrites.change({ ...customer, address: null });
        response.status(204).end();
      },
    },
  ];
}
