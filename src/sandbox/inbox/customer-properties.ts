import { z } from 'zod';
import { type Endpoint, textParam } from '../http/endpoint.ts';
import { ApiError, notFound, parseInput, sendHal } from '../http/envelope.ts';
import { PAGE_SIZES } from '../http/page-sizes.ts';
import { halPage, pageOf } from '../http/paging.ts';
import { slugOf } from '../store/directory.ts';
import { type CustomerProperty, PROPERTY_TYPES } from '../store/events/customer-events.ts';
import type { CustomerDeps } from './customers-deps.ts';
import { operationsSchema } from './customers-operations.ts';
import { parsePropertyValue, propertyAt } from './customers-property-values.ts';
import { pageParameter } from './parameters.ts';

const listSchema = z.object({ page: pageParameter });
const optionSchema = z
  .object({ id: z.string().min(1).optional(), label: z.string().min(1) })
  .transform(({ id, label }) => ({ id: id ?? slugOf(label), label }));
const newSchema = z.object({
  type: z.enum(PROPERTY_TYPES),
  slug: z.string().regex(/^[a-z0-9_-]{1,100}$/, 'must be of small letters, digits, - and _'),
  name: z.string().min(1),
  options: z.array(optionSchema).optional(),
});

/** The definitions of customer properties, and a customer's values of them. */
export function customerPropertyEndpoints({
  store,
  baseUrl,
  customerJson,
  customerWrites,
  changeable,
}: CustomerDeps): Endpoint[] {
  const { properties } = store.customers;
  return [
    {
      method: 'GET',
      template: '/v2/customer-properties',
      handle(request, response) {
        const { page } = parseInput(listSchema, request.query);
        const listed = pageOf(properties.all(), page, PAGE_SIZES.others);
        sendHal(response, halPage(request, baseUrl, 'customer-properties', listed, propertyJson));
      },
    },
    {
      method: 'POST',
      template: '/v2/customer-properties',
      handle(request, response) {
        const { options, ...property } = parseInput(newSchema, request.body);
        if (properties.get(property.slug)) throw new ApiError(409, 'Conflict');
        const isDropdown = property.type === 'dropdown';
        if (isDropdown) parseInput(z.array(z.unknown()).min(1), options, 'options');
        store.commit({
          kind: 'customerPropertySaved',
          property: { ...property, options: isDropdown ? (options ?? []) : null },
        });
        // A slug is all the id there is.
        response.setHeader('Resource-ID', property.slug);
        response.setHeader('Location', customerJson.link(`/v2/customer-properties/${property.slug}`).href);
        response.status(201).end();
      },
    },
    {
      method: 'DELETE',
      template: '/v2/customer-properties/{slug}',
      handle(request, response) {
        const slug = textParam(request, 'slug');
        if (!properties.get(slug)) throw notFound();
        store.commit({ kind: 'customerPropertyDeleted', slug });
        response.status(204).end();
      },
    },
    {
      method: 'PATCH',
      template: '/v2/customers/{id}/properties',
      handle(request, response) {
        const customer = changeable(request);
        const values = new Map(Object.entries(customer.properties));
        for (const [index, { op, path, value }] of parseInput(operationsSchema, request.body).entries()) {
          const property = propertyAt(store, path.replace(/^\//, ''), `[${index}].path`);
          if (op === 'remove') values.delete(property.slug);
          else values.set(property.slug, parsePropertyValue(property, value, `[${index}].value`));
        }
        customerWrites.change({ ...customer, properties: Object.fromEntries(values) });
        response.status(204).end();
      },
    },
  ];
}

/** Only a dropdown has options. */
function propertyJson({ options, ...property }: CustomerProperty): object {
  return { ...property, ...(options !== null && { options }) };
}
