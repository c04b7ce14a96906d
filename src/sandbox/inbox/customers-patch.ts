import type { Endpoint } from '../http/endpoint.ts';
import { parseInput } from '../http/envelope.ts';
import type { CustomerDeps } from './customers-deps.ts';
import { applyOperation, operationsSchema } from './customers-operations.ts';

/** Does all of the operations, or none. */
export function patchCustomerEndpoint({ store, customerWrites, checkAddresses, changeable }: CustomerDeps): Endpoint {
  return {
    method: 'PATCH',
    template: '/v2/customers/{id}',
    handle(request, response) {
      let customer = changeable(request);
      let nextEntryId = store.customers.nextEntryId();
      for (const [index, operation] of parseInput(operationsSchema, request.body).entries()) {
        customer = applyOperation(customer, operation, { at: `[${index}]`, newEntryId: nextEntryId });
        nextEntryId += 1;
      }
      checkAddresses(customer.emails, customer.id);
      customerWrites.change(customer);
      response.status(204).end();
    },
  };
}
