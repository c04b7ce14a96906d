import ipaddr from 'ipaddr.js';

/** `unicast` is what no special-purpose registry has: not private, link-local, loopback, shared, reserved, mapped ... */
export const rangeOf = (address: string) => (ipaddr.isValid(address) ? ipaddr.parse(address).range() : 'invalid');

/** The host of a URL as an address is written, which of IPv6 is in brackets there. */
export const literalOf = (hostname: string) => hostname.replace(/^\[|\]$/g, '');

/** False of an IP address that is not a public one, and of this machine's name; other names are known when looked up. */
export function mayBePublic(hostname: string): boolean {
  const address = literalOf(hostname);
  return ipaddr.isValid(address) ? rangeOf(address) === 'unicast' : !isLoopback(hostname);
}

/** Whether it says itself that it is this machine. */
export function isLoopback(hostname: string): boolean {
  const address = literalOf(hostname);
  return /(^|\.)localhost\.?$/i.test(address) || (ipaddr.isValid(address) && rangeOf(address) === 'loopback');
}
