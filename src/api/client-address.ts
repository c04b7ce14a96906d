import { isIPv6 } from 'node:net';
import type { Request } from 'express';

const GROUPS = 8;
/** A provider gives each customer at least this many of them: single addresses in it are theirs to choose. */
const GROUPS_OF_ONE = 4;

/** What calls from one network address are counted by; of IPv6 the /64 that it lies in. */
export const clientAddress = (req: Pick<Request, 'ip'>): string => countedAddress(req.ip ?? 'unknown');

export function countedAddress(ip: string): string {
  const address = ip.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  if (!isIPv6(address)) return address;
  const [before = [], after = []] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const left = Array.from({ length: Math.max(0, GROUPS - before.length - after.length) }, () => '0');
  return `${[...before, ...left, ...after].slice(0, GROUPS_OF_ONE).join(':')}::/64`;
}
