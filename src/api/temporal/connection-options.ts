import { type ConnectionOptions, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

/** With the client's waits between them (0.2, 0.3, 0.5, 0.8 s) a call gives up within two seconds. */
const TRIES = 5;

/**
 * How the web app connects to Temporal: fewer retries than the client's own ten, which keep people waiting for half
 * a minute before they are told that it is down, and outlive the connection when the process stops.
 */
export function connectionOptions(address: string): ConnectionOptions {
  return { address, interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: TRIES }))] };
}
