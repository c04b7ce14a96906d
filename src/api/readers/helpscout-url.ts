import type { Config } from '../../config.ts';

/** A customer in Help Scout itself. The API gives no link to people, and this one is documented nowhere. */
export const helpScoutCustomerUrl = ({ helpScout }: Pick<Config, 'helpScout'>, customerId: number): string =>
  `${helpScout.secureUrl}/customers/${customerId}/`;
