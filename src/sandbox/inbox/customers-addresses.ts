import { ApiError } from '../http/envelope.ts';
import type { Store } from '../store/store.ts';
import type { Switches } from '../switches.ts';

/**
 * Refuses a customer's addresses if one of them is another customer's, or is there twice: an address belongs to one entry at
 * most. With which status the original does so is not certain, so there is a switch.
 */
export function createAddressCheck({ store, switches }: { store: Store; switches: Switches }) {
  return (emails: readonly { value: string }[], ownerId?: number): void => {
    const seen = new Set<string>();
    for (const { value } of emails) {
      const owner = store.customers.findByEmail(value);
      if ((owner && owner.id !== ownerId) || seen.has(value.toLowerCase())) throw taken(value);
      seen.add(value.toLowerCase());
    }
  };

  function taken(rejectedValue: string): ApiError {
    const error = { path: 'emails', message: 'is an address that exists already', code: 'Duplicate', rejectedValue };
    const isConflict = switches.values.customers.duplicateEmail === '409';
    return isConflict ? new ApiError(409, 'Conflict', [error]) : new ApiError(400, 'Bad request', [error]);
  }
}

export type AddressCheck = ReturnType<typeof createAddressCheck>;
