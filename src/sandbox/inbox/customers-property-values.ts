import { z } from 'zod';
import { ApiError, parseInput } from '../http/envelope.ts';
import type { CustomerProperty } from '../store/events/customer-events.ts';
import type { Store } from '../store/store.ts';

const text = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string().min(1));

function valueSchema({ type, options }: CustomerProperty) {
  switch (type) {
    case 'number':
      return text.pipe(z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a number'));
    case 'url':
      return text.pipe(z.url({ protocol: /^https?$/ }));
    case 'date':
      return text.pipe(z.iso.date());
    case 'dropdown':
      return text.pipe(z.enum((options ?? []).map(({ id }) => id)));
    case 'text':
      return text;
  }
}

/** What a property is set to, as text: of a dropdown, the id of an option. The refusal of another value names `path`. */
export function parsePropertyValue(property: CustomerProperty, value: unknown, path: string): string {
  return parseInput(valueSchema(property), value, path);
}

/** The property that the field at `path` names. */
export function propertyAt({ customers }: Store, slug: string, path: string): CustomerProperty {
  const property = customers.properties.get(slug);
  if (property) return property;
  throw new ApiError(400, 'Bad request', [{ path, message: 'does not exist', code: 'Invalid', rejectedValue: slug }]);
}
