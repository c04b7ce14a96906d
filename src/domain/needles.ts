import { ERASED } from './erasure.ts';

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** An address as people and URLs write it; never as a part of a longer one. */
const addressPattern = (address: string) =>
  [address, encodeURIComponent(address)]
    .filter((form, index, all) => all.indexOf(form) === index)
    .map((form) => `(?<![\\w.+-])${escaped(form)}(?![\\w-]|\\.\\w)`);

const namePattern = (name: string) =>
  `(?<![\\p{L}\\p{N}])${name.split(/\s+/).map(escaped).join('\\s+')}(?![\\p{L}\\p{N}])`;

const matcher = (patterns: readonly string[]) => new RegExp(patterns.join('|'), 'giu');

/** Finds, and takes out, what names a customer: the address in any case and form, and full names. */
export function createNeedles({ address, names }: { address: string; names: readonly string[] }) {
  const addresses = addressPattern(address);
  const all = [...addresses, ...names.map(namePattern)];
  return {
    hasAddress: (text: string): boolean => matcher(addresses).test(text),
    has: (text: string): boolean => matcher(all).test(text),
    without: (text: string): string => text.replace(matcher(all), ERASED),
    withoutAddress: (text: string): string => text.replace(matcher(addresses), ERASED),
  };
}
