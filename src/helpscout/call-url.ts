import { endpointName } from './endpoints.ts';
import { HelpScoutOutsideScope } from './errors.ts';
import type { Call } from './request.ts';

/**
 * The address of a call. The host is the base URL's, whatever the call says; each value fills exactly one path segment.
 * @throws HelpScoutOutsideScope when the endpoint is not one of `allowed`, or a value would lead to another path.
 */
export function callUrl(baseUrl: string, call: Call, allowed: ReadonlySet<string>): URL {
  const endpoint = endpointName(call.endpoint);
  if (!allowed.has(endpoint)) throw new HelpScoutOutsideScope('not a call this product makes', { endpoint });
  const path = call.endpoint.template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(call.params?.[name] ?? '');
    // URLs resolve dots on their own, to another path; half a surrogate pair cannot be written in one.
    if (['', '.', '..'].includes(value) || /\p{Surrogate}/u.test(value)) {
      throw new HelpScoutOutsideScope(`{${name}} is not a path segment`, { endpoint });
    }
    return encodeURIComponent(value);
  });
  const url = new URL(baseUrl);
  url.pathname = url.pathname.replace(/\/+$/, '') + path;
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}
