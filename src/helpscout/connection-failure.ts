import type { Endpoint } from './endpoints.ts';
import { endpointName } from './endpoints.ts';
import { HelpScoutTimeout, HelpScoutUnavailable, HelpScoutUncertain } from './errors.ts';

/** A TLS handshake that fails does so before the request is sent. */
const HANDSHAKE_CODE =
  /CERT|^UNABLE_TO_|^ERR_TLS_HANDSHAKE|^HOSTNAME_MISMATCH$|^ERR_SSL_(WRONG_VERSION|UNSUPPORTED_PROTOCOL)/;
const NEVER_LEFT_CODES = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];

/**
 * What it means that no answer came. A write that must not be repeated is uncertain, unless it certainly never left:
 * the name was not resolved, no connection was made, or no TLS session.
 */
export function connectionFailure(cause: unknown, endpoint: Endpoint, repeatable = endpoint.repeatable) {
  const context = { endpoint: endpointName(endpoint), cause };
  if (neverLeft(cause)) return new HelpScoutUnavailable('no connection', context);
  if (!repeatable) return new HelpScoutUncertain('sent, and the answer was lost', context);
  if (cause instanceof Error && cause.name === 'TimeoutError')
    return new HelpScoutTimeout('no answer in time', context);
  return new HelpScoutUnavailable('the connection failed', context);
}

/** Looks through `fetch failed` at what the system said; of several addresses tried, all must have failed to connect. */
function neverLeft(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(neverLeft);
  const code = 'code' in error ? String(error.code) : '';
  const syscall = 'syscall' in error ? error.syscall : undefined;
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  return NEVER_LEFT_CODES.includes(code) || HANDSHAKE_CODE.test(code) || neverLeft(error.cause);
}
