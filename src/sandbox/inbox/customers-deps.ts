import type { Request } from 'express';
import type { CustomerWrites } from '../customer-writes.ts';
import type { Customer } from '../store/events/customer-events.ts';
import type { Switches } from '../switches.ts';
import type { AddressCheck } from './customers-addresses.ts';
import type { CustomerJson } from './customers-json.ts';
import type { InboxDeps } from './deps.ts';

export interface CustomerOptions extends InboxDeps {
  switches: Switches;
  customerJson: CustomerJson;
  customerWrites: CustomerWrites;
  now: () => number;
}

/** What the customers' endpoints are built from. */
export interface CustomerDeps extends CustomerOptions {
  checkAddresses: AddressCheck;
  /** The customer of the path's `{id}`; throws 404. */
  existing(request: Request): Customer;
  /** The same, to be changed: throws 423 while they are locked. */
  changeable(request: Request): Customer;
}
