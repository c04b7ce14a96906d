import { lookup } from 'node:dns/promises';
import { literalOf, rangeOf } from './network-address.ts';
import { NotifyError } from './notify-error.ts';

export interface Address {
  address: string;
  family: number;
}
/** All addresses of a host. */
export type Resolve = (hostname: string) => Promise<Address[]>;

const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true });

/**
 * The one address to connect to. It has to be used for the connection itself: a name that is looked up again may lead
 * elsewhere the second time. A host is refused when any of its addresses is not public.
 * @throws NotifyError `addressRefused`, `unreachable`
 */
export async function publicAddress(
  url: URL,
  { localAllowed, resolve = resolveBySystem }: { localAllowed: boolean; resolve?: Resolve },
): Promise<Address> {
  const addresses = await resolve(literalOf(url.hostname)).catch((cause: unknown) => {
    throw new NotifyError('unreachable', { cause });
  });
  const [first] = addresses;
  if (!first) throw new NotifyError('unreachable');
  const ranges = new Set(addresses.map(({ address }) => rangeOf(address)));
  const isLocal = localAllowed && [...ranges].every((range) => range === 'loopback');
  const isPublic = url.protocol === 'https:' && [...ranges].every((range) => range === 'unicast');
  if (!isLocal && !isPublic) throw new NotifyError('addressRefused', { isFinal: true });
  return first;
}
