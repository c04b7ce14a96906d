import { request as requestPlainly } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { NotifyError } from './notify-error.ts';
import { publicAddress, type Resolve } from './public-address.ts';

const TIMEOUT_MS = 10_000;
/** Nothing of an answer is used but its status; a longer one is cut off. */
const MOST_READ = 16_384;
/** What is worth another try: "timeout" and "too many". */
const PASSING = [408, 425, 429];

export interface PostOptions {
  /** Whether this machine may be called, and without TLS: for the sandbox and development. */
  localAllowed: boolean;
  timeoutMs?: number;
  resolve?: Resolve;
}

/**
 * Posts JSON to an address that somebody entered: to public addresses only, over TLS, to the one that was looked at.
 * Redirects are not followed. @throws NotifyError
 */
export async function postJson(target: string, body: unknown, options: PostOptions): Promise<void> {
  const { localAllowed, timeoutMs = TIMEOUT_MS, resolve } = options;
  if (!URL.canParse(target)) throw new NotifyError('addressRefused', { isFinal: true });
  const url = new URL(target);
  if (url.protocol !== 'https:' && !(localAllowed && url.protocol === 'http:')) {
    throw new NotifyError('addressRefused', { isFinal: true });
  }
  const address = await publicAddress(url, { localAllowed, ...(resolve && { resolve }) });
  const status = await send(url, JSON.stringify(body), { address, signal: AbortSignal.timeout(timeoutMs) });
  if (status >= 200 && status < 300) return;
  if (status >= 300 && status < 400) throw new NotifyError('redirected', { isFinal: true });
  if (status < 500 && !PASSING.includes(status)) throw new NotifyError('refused', { isFinal: true });
  throw new NotifyError('unavailable');
}

function send(
  url: URL,
  body: string,
  { address, signal }: { address: { address: string; family: number }; signal: AbortSignal },
): Promise<number> {
  const request = url.protocol === 'https:' ? requestSecurely : requestPlainly;
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown) => reject(new NotifyError(signal.aborted ? 'timeout' : 'unreachable', { cause }));
    const sent = request(
      url,
      {
        method: 'POST',
        agent: false,
        signal,
        headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) },
        lookup: (_hostname, { all }, found) =>
          all ? found(null, [address]) : found(null, address.address, address.family),
      },
      (response) => {
        let read = 0;
        response.on('data', (chunk: Buffer) => {
          read += chunk.length;
          if (read > MOST_READ) response.destroy();
        });
        response.on('error', () => undefined);
        response.on('close', () => (signal.aborted ? failed(signal.reason) : resolve(response.statusCode ?? 0)));
      },
    );
    sent.on('error', failed);
    sent.end(body);
  });
}
